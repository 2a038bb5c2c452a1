package io.github.lesionj.runtime;

import io.github.lesionj.core.LabelKind;
import java.util.List;
import java.util.Map;

/**
 * The network that is trained.
 *
 * @param architecture id
 * @param options      of the architecture, such as {@code width}, {@code depth}, {@code stem}; missing ones take its defaults
 * @param height       of the input in px
 * @param width        of the input in px
 * @param channels     of the input
 * @param classNames   in the order of the logits
 * @param labelKind    whether the logits stand under a softmax or under sigmoids
 * @param dropout      before the last dense layer, in 0..1 (1 excluded)
 */
public record NetworkSettings(String architecture, Map<String, String> options, int height, int width, int channels,
        List<String> classNames, LabelKind labelKind, double dropout) {

    public NetworkSettings {
        options = Map.copyOf(options);
        classNames = List.copyOf(classNames);
    }

    /** Number of logits. */
    public int classes() {
        return classNames.size();
    }
}
