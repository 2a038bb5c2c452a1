package io.github.lesionj.pipeline;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.Activation;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.TrainingListener.EpochReport;
import io.github.lesionj.runtime.TrainingOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the card of a freshly trained classifier. */
final class CardMaker {

    private static final String FIRST_VERSION = "1.0.0";
    private static final Set<String> PATHS = Set.of("data", "validation", "initial_weights");

    private CardMaker() {
    }

    /**
     * The card.
     *
     * @param positive the class that sensitivity speaks of, or null
     * @param remarks  what training said
     * @param quality  measured figures; empty where they are not measured yet
     */
    static ModelCard card(TrainingRequest request, TrainingSplit split, InputRule rule, TrainingOutcome outcome, String positive,
            EngineReport engine, List<String> remarks, Map<String, Object> quality) {
        LabelKind kind = split.training().labelKind();
        List<String> classes = split.training().classNames();
        ModelSignature signature = new ModelSignature(outcome.signatureKey(), outcome.inputName(),
            new int[] {rule.height(), rule.width(), rule.channels()}, outcome.outputs());
        return new ModelCard(request.modelName(), FIRST_VERSION,
            "Tells " + String.join(", ", classes) + " apart in images; trained in LesionJ on " + split.training().size() + " images.",
            request.licence(), request.attribution(), "classification", kind, classes, positive, rule, signature,
            kind == LabelKind.MULTI_LABEL ? Activation.SIGMOID : Activation.SOFTMAX, Double.NaN, 1, Double.NaN,
            request.architecture(), training(request, split, outcome, engine, remarks), quality);
    }

    private static Map<String, Object> training(TrainingRequest request, TrainingSplit split, TrainingOutcome outcome,
            EngineReport engine, List<String> remarks) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("training_images", split.training().size());
        record.put("validation_images", split.validation().size());
        record.put("training_counts", counts(split));
        Map<String, Object> keys = new LinkedHashMap<>(request.keys());
        keys.remove("output");
        // where files lay is nobody else's business
        keys.replaceAll((key, value) -> PATHS.contains(key) ? name(String.valueOf(value)) : value);
        record.put("keys", keys);
        record.put("parameters", outcome.parameters());
        record.put("epochs_run", outcome.history().size());
        record.put("best_epoch", outcome.bestEpoch());
        record.put("cancelled", outcome.cancelled());
        if (outcome.stopped() != null) {
            record.put("stopped", outcome.stopped());
        }
        record.put("engine", engine.engine() + ", TensorFlow " + engine.tensorFlow());
        record.put("device", engine.chosen());
        record.put("one_dnn", engine.oneDnn());
        record.put("threads", engine.intraThreads());
        record.put("remarks", Stream.concat(split.remarks().stream(), remarks.stream()).toList());
        record.put("history", history(outcome.history()));
        return record;
    }

    private static Map<String, Object> counts(TrainingSplit split) {
        Map<String, Object> counts = new LinkedHashMap<>();
        int[] found = split.training().counts();
        for (int i = 0; i < found.length; i++) {
            counts.put(split.training().classNames().get(i), found[i]);
        }
        return counts;
    }

    private static String name(String data) {
        String slashed = data.replace('\\', '/');
        return slashed.substring(slashed.lastIndexOf('/') + 1);
    }

    private static List<Object> history(List<EpochReport> epochs) {
        List<Object> history = new ArrayList<>();
        for (EpochReport epoch : epochs) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("epoch", epoch.epoch());
            row.put("training_loss", rounded(epoch.trainingLoss()));
            row.put("validation_loss", rounded(epoch.validationLoss()));
            row.put("validation_auc", rounded(epoch.validationAuc()));
            row.put("validation_accuracy", rounded(epoch.validationAccuracy()));
            history.add(row);
        }
        return history;
    }

    private static Object rounded(double value) {
        return Double.isFinite(value) ? Math.rint(value * 1e5) / 1e5 : null;
    }
}
