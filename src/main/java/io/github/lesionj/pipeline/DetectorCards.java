package io.github.lesionj.pipeline;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.Activation;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.TrainingOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the card of a freshly trained detector. */
final class DetectorCards {

    private DetectorCards() {
    }

    /**
     * The card.
     *
     * @param threshold of the scores
     * @param remarks   what training said
     * @param quality   measured figures; empty where they are not measured yet
     */
    static ModelCard card(TrainingRequest request, TrainingSplit split, DetectorRuleChoice.Choice choice, TrainingOutcome outcome,
            double threshold, EngineReport engine, List<String> remarks, Map<String, Object> quality) {
        LabelledSet training = split.training();
        InputRule rule = choice.input();
        ModelSignature signature = new ModelSignature(outcome.signatureKey(), outcome.inputName(),
            new int[] {rule.height(), rule.width(), rule.channels()}, outcome.outputs());
        Map<String, Object> record = new LinkedHashMap<>(CardMaker.training(request, split, outcome, engine,
            Stream.concat(choice.remarks().stream(), remarks.stream()).distinct().toList()));
        Map<String, Object> boxes = new LinkedHashMap<>();
        int[] counts = training.boxCounts();
        for (int i = 0; i < counts.length; i++) {
            boxes.put(training.classNames().get(i), counts[i]);
        }
        record.put("training_boxes", boxes);
        return new ModelCard(request.model().name(), CardMaker.FIRST_VERSION, "Finds " + String.join(", ", training.classNames())
            + " in images; trained in LesionJ on " + training.size() + " images.", request.model().licence(), request.model().attribution(),
            ModelCard.DETECTION, LabelKind.MULTI_LABEL, training.classNames(), null, rule, signature, Activation.NONE, threshold, 1, Double.NaN,
            Double.NaN, request.network().architecture(), record, quality, choice.detection());
    }
}
