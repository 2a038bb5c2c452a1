package io.github.lesionj.runtime;

/**
 * How a step changes the weights.
 *
 * @param optimizer   rule
 * @param momentum    of SGD, in 0..1 (1 excluded)
 * @param weightDecay on convolution and dense kernels only: decoupled for AdamW, added to the gradient for SGD
 * @param clip        largest global norm of the gradients, 0 = any
 * @param ema         decay of the moving average of the weights that is validated and kept, 0 = off
 */
public record OptimizerSettings(Kind optimizer, double momentum, double weightDecay, double clip, double ema) {

    /** Of SGD where nobody says otherwise. */
    public static final double MOMENTUM = 0.9;

    /** Rules. */
    public enum Kind {
        /** Loshchilov and Hutter 2019, arXiv:1711.05101. */
        ADAMW,
        /** Stochastic gradient descent with momentum, as PyTorch has it. */
        SGD
    }

    /** AdamW with gradients clipped at 1. */
    public static OptimizerSettings adamW(double weightDecay) {
        return new OptimizerSettings(Kind.ADAMW, MOMENTUM, weightDecay, 1, 0);
    }
}
