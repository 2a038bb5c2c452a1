package io.github.lesionj.batch;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.evaluation.GroupPredictions;
import io.github.lesionj.evaluation.OperatingRule;
import io.github.lesionj.modelpackage.Activation;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.results.ResultExporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user asks of an evaluation.
 *
 * @param command   as the menu names it, for the ledger
 * @param keys      every key with its value, for the ledger
 * @param data      the labelled set
 * @param models    one, or several for the mean of their probabilities; their cards decide as this run wants it
 * @param device    auto, cpu, gpu, gpu:N
 * @param batch     images per step of the network
 * @param channel   from 1, or 0 where none was chosen
 * @param bootstrap how intervals are drawn
 * @param aggregate how the items of a group become one; empty = they do not
 * @param calibrate whether a temperature is fitted
 * @param operating how an operating threshold is chosen; empty = none is
 * @param abstain   confidence below which an item is left undecided, asked for in this run; NaN = not asked for
 * @param worst     how many of the worst errors get a picture
 * @param output    result folder
 * @param exporters by name; they write into the result folder at the end
 */
public record EvaluationRequest(String command, Map<String, String> keys, EvaluationData data, List<ModelPackage> models, String device,
        int batch, int channel, Bootstrap bootstrap, Optional<GroupPredictions.How> aggregate, boolean calibrate, Optional<OperatingRule> operating,
        double abstain, int worst, Path output, Map<String, ResultExporter> exporters) {

    /** The card of the model, of several that of the first. */
    ModelCard card() {
        return models.get(0).card();
    }

    /** Whether something is fitted or set beyond what the card says; of one model a new package comes of it. */
    boolean fits() {
        return calibrate || operating.isPresent() || !Double.isNaN(abstain);
    }

    /**
     * Refuses what cannot be done with these models.
     *
     * @throws UsageException what, and what to do instead
     */
    void check() {
        if (models.size() > 1 && (calibrate || operating.isPresent())) {
            throw new UsageException("A temperature or an operating point belongs to one package, but model= names " + models.size()
                + "; evaluate them one by one.");
        }
        if (calibrate && card().activation() == Activation.NONE) {
            throw new UsageException("The model " + card().name() + " gives probabilities and no scores (its card's activation is none), so "
                + "there is nothing to divide by a temperature; leave calibrate=none.");
        }
        if (operating.isPresent() && card().labelKind() == LabelKind.MULTI_CLASS) {
            throw new UsageException("An operating threshold has no meaning for the " + card().classNames().size()
                + " exclusive classes of " + card().name() + ", of which the most probable one is taken; leave operating_point=none.");
        }
    }
}
