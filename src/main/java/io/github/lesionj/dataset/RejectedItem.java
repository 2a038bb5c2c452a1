package io.github.lesionj.dataset;

/**
 * Something in a data set that cannot be used.
 *
 * @param name   as {@link LabelledItem#name()}
 * @param reason why, in a few words that follow a colon, such as {@code no label (line 12)}
 */
public record RejectedItem(String name, String reason) {
}
