package io.github.lesionj.results;

/**
 * An item that could not be finished: a row of {@code failures.csv}.
 *
 * @param image  path of the item, see {@link ItemKey#path()}
 * @param stage  where it failed: read, prepare, predict, write
 * @param reason one sentence
 */
public record Failure(String image, String stage, String reason) {
}
