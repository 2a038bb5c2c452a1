package io.github.lesionj.modelpackage;

/** What turns the network's class scores into probabilities; stated by the card, never guessed. */
public enum Activation {
    /** The scores are probabilities already. */
    NONE,
    SOFTMAX,
    SIGMOID
}
