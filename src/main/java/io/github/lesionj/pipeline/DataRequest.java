package io.github.lesionj.pipeline;

import java.util.List;

/**
 * Which data a training learns from; empty = as the data say.
 *
 * @param data       a path, or {@code PATH#split}
 * @param validation {@code #split} of it, a fraction, another set, or empty
 * @param classNames in the order of the network's scores
 * @param positive   the class that sensitivity speaks of
 * @param augment    random changes of training images, see {@code dataset.Augmentation}
 */
public record DataRequest(String data, String validation, List<String> classNames, String positive, String augment) {

    public DataRequest {
        classNames = List.copyOf(classNames);
    }
}
