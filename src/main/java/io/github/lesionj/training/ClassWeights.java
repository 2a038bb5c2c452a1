package io.github.lesionj.training;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.network.LossPlan;
import io.github.lesionj.runtime.ClassWeighting;
import io.github.lesionj.runtime.LossSettings;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** How much each class counts in the loss, from how often it occurs. */
final class ClassWeights {

    /** Cui et al. 2019 (arXiv:1901.05555): each further item of a class adds this much of what the one before it added. */
    private static final double BETA = 0.999;

    private ClassWeights() {
    }

    /** The loss that the settings ask for. */
    static LossPlan plan(LossSettings settings, LabelKind kind, ClassCounts counts) {
        boolean focal = settings.loss() == LossSettings.Kind.FOCAL;
        return new LossPlan(settings.labelSmoothing(), of(settings.appliedWeighting(), kind, counts),
            focal ? settings.focalGamma() : 0, focal ? floats(settings.focalAlpha()) : new float[0]);
    }

    /**
     * Weights of the classes; empty where all count the same.
     *
     * <p>For one label per item: 1 / n_c (inverse) or (1 - 0.999) / (1 - 0.999^n_c) (effective), scaled so that their sum is
     * the number of classes for effective, as its authors do, and that the mean over the items is 1 for inverse, which is
     * scikit-learn's {@code balanced}: N / (classes n_c). The loss divides by the weights' sum: their scale plays no part.
     *
     * <p>For several labels the weight of a present finding: items without it by items with it (inverse), or the effective
     * numbers of these. At least one item is counted on each side.
     */
    static float[] of(ClassWeighting weighting, LabelKind kind, ClassCounts counts) {
        return switch (weighting.classWeights()) {
            case NONE -> new float[0];
            case GIVEN -> floats(weighting.givenWeights());
            case INVERSE -> kind == LabelKind.MULTI_LABEL ? ratios(counts, n -> n)
                : inverse(counts, n -> n, (double) counts.items() / counts.classes());
            case EFFECTIVE -> kind == LabelKind.MULTI_LABEL ? ratios(counts, ClassWeights::effective) : effective(counts);
        };
    }

    private static float[] effective(ClassCounts counts) {
        double sum = 0;
        for (int c = 0; c < counts.classes(); c++) {
            sum += 1 / effective(Math.max(1, counts.of(c)));
        }
        return inverse(counts, ClassWeights::effective, counts.classes() / sum);
    }

    private static double effective(int items) {
        return (1 - Math.pow(BETA, items)) / (1 - BETA);
    }

    private static float[] inverse(ClassCounts counts, IntToDoubleFunction number, double scale) {
        float[] weights = new float[counts.classes()];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = (float) (scale / number.applyAsDouble(Math.max(1, counts.of(c))));
        }
        return weights;
    }

    private static float[] ratios(ClassCounts counts, IntToDoubleFunction number) {
        float[] weights = new float[counts.classes()];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = (float) (number.applyAsDouble(Math.max(1, counts.items() - counts.of(c)))
                / number.applyAsDouble(Math.max(1, counts.of(c))));
        }
        return weights;
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    /** As a remark shows them. */
    static String text(float[] weights, List<String> classNames) {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < weights.length; c++) {
            text.append(c == 0 ? "" : ", ").append(classNames.get(c)).append(' ')
                .append(String.format(Locale.ROOT, "%.4g", weights[c]));
        }
        return text.toString();
    }
}
