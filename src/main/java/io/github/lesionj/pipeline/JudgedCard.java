package io.github.lesionj.pipeline;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.evaluation.PositiveClass;
import io.github.lesionj.modelpackage.ModelCard;

/** A model's card as a run judges it: with the finding, threshold and abstention that the run asks for. */
public final class JudgedCard {

    private JudgedCard() {
    }

    /**
     * The card for this run.
     *
     * @param positive  the finding, or blank: the card's, else the only class that can be one
     * @param threshold NaN = the card's
     * @param abstain   NaN = the card's
     * @throws UsageException where the finding must be named, or a threshold has no meaning or speaks of another class
     */
    public static ModelCard of(ModelCard card, String positive, double threshold, double abstain) {
        if (!Double.isNaN(threshold) && card.labelKind() == LabelKind.MULTI_CLASS) {
            throw new UsageException("threshold= has no meaning for the " + card.classNames().size() + " exclusive classes of " + card.name()
                + ", of which the most probable one is taken; leave it empty.");
        }
        String finding = finding(card, positive);
        boolean other = card.positive() != null && !card.positive().equals(finding);
        if (other && card.labelKind() == LabelKind.BINARY && !Double.isNaN(card.threshold()) && Double.isNaN(threshold)) {
            throw new UsageException("The threshold in the card of " + card.name() + " speaks of " + card.positive() + ", not of " + finding
                + "; give one with threshold= as well.");
        }
        return card.deciding(finding, Double.isNaN(threshold) ? card.threshold() : threshold, Double.isNaN(abstain) ? card.abstain() : abstain);
    }

    /** Of several labels at once none need be the finding. */
    private static String finding(ModelCard card, String positive) {
        boolean stated = !positive.isBlank();
        if (!stated && (card.positive() != null || card.labelKind() == LabelKind.MULTI_LABEL)) {
            return card.positive();
        }
        return PositiveClass.of(card.classNames(), positive).orElse(null);
    }
}
