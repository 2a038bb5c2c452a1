package io.github.lesionj.core;

/** What the labels of one item may be; it decides activation, loss and metrics. */
public enum LabelKind {
    /** Two classes, exactly one is true. Two logits under a softmax. */
    BINARY,
    /** More than two classes, exactly one is true. A softmax over the logits. */
    MULTI_CLASS,
    /** Any number of classes is true at once. A sigmoid per class. */
    MULTI_LABEL
}
