package io.github.lesionj.pipeline;

/**
 * One thing that was decided about a training.
 *
 * @param name   the key of {@code Train Classifier...}, or what else it is about
 * @param value  of the key, or in words
 * @param isKey  whether it is such a key
 * @param reason one sentence
 * @param source of the rule: a paper, or a measurement
 */
public record Decision(String name, String value, boolean isKey, String reason, String source) {

    static Decision key(String name, String value, String reason, String source) {
        return new Decision(name, value, true, reason, source);
    }

    static Decision note(String name, String value, String reason, String source) {
        return new Decision(name, value, false, reason, source);
    }
}
