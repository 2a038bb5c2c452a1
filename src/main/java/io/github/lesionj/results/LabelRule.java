package io.github.lesionj.results;

import io.github.lesionj.core.Floats;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.evaluation.DecisionRule;
import io.github.lesionj.modelpackage.ModelCard;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How probabilities become labels: {@link DecisionRule}, with names, and with what a card says.
 *
 * <p>One label: the class of the highest probability, of equal ones the first. Binary with a threshold: the positive
 * class where its probability reaches the threshold, else the other one. Multi-label: every class that reaches the
 * threshold (0.5 without one), perhaps none.
 *
 * @param kind       what labels may be
 * @param classNames in the order of the probabilities
 * @param positive   the class the binary threshold speaks of; may be null without a threshold
 * @param threshold  in 0..1, or NaN
 * @param abstain    an item whose {@linkplain DecisionRule#confidence confidence} is below it is not confident; NaN = never abstains
 */
public record LabelRule(LabelKind kind, List<String> classNames, String positive, double threshold, double abstain) {

    /** What float32 and half precision may lose. */
    private static final double SUM_TOLERANCE = 0.01;

    /**
     * The rule.
     *
     * @throws UsageException where the threshold has no class to speak of
     */
    public LabelRule {
        classNames = List.copyOf(classNames);
        if (!Double.isNaN(threshold) && kind == LabelKind.MULTI_CLASS) {
            throw new UsageException("The model's card states an operating threshold, which has no meaning for "
                + classNames.size() + " exclusive classes; take it out of the card.");
        }
        if (!Double.isNaN(threshold) && kind == LabelKind.BINARY && (positive == null || !classNames.contains(positive))) {
            throw new UsageException("The model's card states an operating threshold but no positive class among "
                + String.join(", ", classNames) + "; add `positive` to the card.");
        }
    }

    public static LabelRule of(ModelCard card) {
        return new LabelRule(card.labelKind(), card.classNames(), card.positive(), card.threshold(), card.abstain());
    }

    /**
     * Labels one item.
     *
     * @param item          which
     * @param probabilities one per class, in 0..1
     * @param truth         true labels, or null where not known
     * @throws LesionJException when a probability is not a number, or those of exclusive classes do not sum to one, so that
     *                          the item is listed as failed
     */
    public Classification classify(ItemKey item, double[] probabilities, List<String> truth) {
        check(item, probabilities);
        DecisionRule decision = decision();
        float[] floats = Floats.of(probabilities);
        int[] chosen = decision.labels(floats);
        double probability = Arrays.stream(chosen).mapToDouble(i -> probabilities[i]).max().orElse(Double.NaN);
        Boolean confident = Double.isNaN(abstain) ? null : decision.confidence(floats) >= (float) abstain;
        return new Classification(item, Arrays.stream(chosen).mapToObj(classNames::get).toList(), probability,
            Arrays.stream(probabilities).boxed().toList(), confident, truth);
    }

    private void check(ItemKey item, double[] probabilities) {
        if (probabilities.length != classNames.size()) {
            throw new LesionJException("The model gave " + probabilities.length + " values for " + item.path()
                + " where its card names " + classNames.size() + " classes; correct the card.");
        }
        for (double probability : probabilities) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new LesionJException("The model gave " + probability + " as a probability for " + item.path()
                    + "; check the image for NaN pixels and the card's activation.");
            }
        }
        double sum = Arrays.stream(probabilities).sum();
        if (kind != LabelKind.MULTI_LABEL && Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new LesionJException(String.format(Locale.ROOT, "The model's probabilities for %s sum to %.4f where one of %d classes "
                + "is true, so they are none; correct activation or label_kind in its card.", item.path(), sum, probabilities.length));
        }
    }

    /** The same rule by index, as metrics take it. */
    public DecisionRule decision() {
        return new DecisionRule(kind, positive == null ? -1 : classNames.indexOf(positive), threshold);
    }
}
