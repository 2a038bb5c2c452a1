package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.results.LabelRule;
import java.util.List;

/** What several models have in common, so that the mean of their probabilities means something. */
final class Ensemble {

    private Ensemble() {
    }

    /**
     * How the mean probabilities become labels: as the card says where there is one model or all agree, else by the
     * highest probability.
     *
     * @throws UsageException where the models do not speak of the same classes
     */
    static LabelRule labelRule(List<ModelCard> cards) {
        ModelCard first = cards.get(0);
        boolean sameThreshold = true;
        boolean sameAbstain = true;
        for (ModelCard card : cards) {
            if (!card.classNames().equals(first.classNames()) || card.labelKind() != first.labelKind()) {
                throw new UsageException("The models " + first.name() + " (" + String.join(", ", first.classNames()) + ") and "
                    + card.name() + " (" + String.join(", ", card.classNames())
                    + ") do not speak of the same classes in the same order; an ensemble needs that.");
            }
            sameThreshold &= Double.compare(card.threshold(), first.threshold()) == 0
                && java.util.Objects.equals(card.positive(), first.positive());
            sameAbstain &= Double.compare(card.abstain(), first.abstain()) == 0;
        }
        return new LabelRule(first.labelKind(), first.classNames(), first.positive(),
            sameThreshold ? first.threshold() : Double.NaN, sameAbstain ? first.abstain() : Double.NaN);
    }

    /** Mean over the models, class by class. */
    static double[] mean(List<double[]> probabilities) {
        double[] mean = new double[probabilities.get(0).length];
        for (double[] of : probabilities) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += of[i] / probabilities.size();
            }
        }
        return mean;
    }
}
