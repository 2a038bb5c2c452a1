package io.github.lesionj.runtime;

import java.util.List;

/**
 * What training makes small.
 *
 * @param loss           form of the loss
 * @param focalAlpha     of the focal loss: empty, one number, or one per class
 * @param focalGamma     of the focal loss, 0 or more; 0 is cross entropy
 * @param weighting      of the classes
 * @param labelSmoothing share of the truth that is spread over all classes, in 0..1 (1 excluded)
 */
public record LossSettings(Kind loss, List<Double> focalAlpha, double focalGamma, ClassWeighting weighting,
        double labelSmoothing) {

    /** Where nobody says otherwise; the value of the paper. */
    public static final double FOCAL_GAMMA = 2;

    /** Forms of the loss; each is a softmax form for one label per item and a sigmoid form for several. */
    public enum Kind {
        /** Plain cross entropy, or weighted where class weights are asked for. */
        CROSS_ENTROPY,
        /** Lin et al. 2017 (arXiv:1708.02002): items that are right already count little. */
        FOCAL,
        /** Cross entropy weighted by class; by inverse frequency where no other weights are asked for. */
        BALANCED
    }

    public LossSettings {
        focalAlpha = List.copyOf(focalAlpha);
    }

    /** Cross entropy. */
    public static LossSettings crossEntropy(double labelSmoothing) {
        return new LossSettings(Kind.CROSS_ENTROPY, List.of(), 2, ClassWeighting.NONE, labelSmoothing);
    }

    /**
     * Reads the key {@code focal_alpha}.
     *
     * @throws io.github.lesionj.core.UsageException where it holds something else than numbers of 0 or more
     */
    public static List<Double> alpha(String text) {
        return NumberList.parse("focal_alpha", text, "");
    }

    /** The weighting that applies: balanced means inverse frequency where nothing else is asked for. */
    public ClassWeighting appliedWeighting() {
        return loss == Kind.BALANCED && weighting.classWeights() == ClassWeighting.Source.NONE
            ? ClassWeighting.parse("inverse") : weighting;
    }
}
