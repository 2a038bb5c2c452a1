package io.github.lesionj.pipeline;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.dataset.FoldedSet;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.PreparedSet;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.Activation;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.ExportedNetwork;
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

    static final String FIRST_VERSION = "1.0.0";
    private static final Set<String> PATHS = Set.of("data", "validation", "initial_weights");

    private CardMaker() {
    }

    /**
     * The card.
     *
     * @param name     of the package
     * @param positive the class that sensitivity speaks of, or null
     * @param remarks  what training said
     * @param quality  measured figures; empty where they are not measured yet
     */
    static ModelCard card(TrainingRequest request, String name, TrainingSplit split, InputRule rule, TrainingOutcome outcome,
            String positive, EngineReport engine, List<String> remarks, Map<String, Object> quality) {
        LabelKind kind = split.training().labelKind();
        List<String> classes = split.training().classNames();
        ModelSignature signature = new ModelSignature(outcome.signatureKey(), outcome.inputName(),
            new int[] {rule.height(), rule.width(), rule.channels()}, outcome.outputs());
        return new ModelCard(name, FIRST_VERSION,
            "Tells " + String.join(", ", classes) + " apart in images; trained in LesionJ on " + split.training().size() + " images.",
            request.model().licence(), request.model().attribution(), ModelCard.CLASSIFICATION, kind, classes, positive, rule, signature,
            activation(kind), Double.NaN, 1, Double.NaN, PreparedSet.margin(request.data().data(), split.training()),
            request.network().architecture(), training(request, split, outcome, engine, remarks), quality);
    }

    /**
     * The card of the mean of several networks.
     *
     * @param members  one row of facts for each
     * @param quality  pooled figures of the members on what each held out
     */
    static ModelCard ensemble(TrainingRequest request, FoldedSet data, InputRule rule, ExportedNetwork network, String positive,
            EngineReport engine, List<Map<String, Object>> members, Map<String, Object> quality) {
        LabelKind kind = data.all().labelKind();
        List<String> classes = data.all().classNames();
        ModelSignature signature = new ModelSignature(network.signatureKey(), network.inputName(),
            new int[] {rule.height(), rule.width(), rule.channels()}, network.outputs());
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("ensemble_of", members.size());
        record.put("training_images", data.all().size());
        record.put("training_counts", counts(data.all()));
        record.put("keys", keys(request));
        put(record, engine);
        record.put("remarks", data.remarks());
        record.put("members", members);
        return new ModelCard(request.model().name(), FIRST_VERSION, "Tells " + String.join(", ", classes) + " apart in images; the mean of "
            + members.size() + " networks of a cross-validation in LesionJ on " + data.all().size() + " images.",
            request.model().licence(), request.model().attribution(), ModelCard.CLASSIFICATION, kind, classes, positive, rule, signature, activation(kind),
            Double.NaN, 1, Double.NaN, PreparedSet.margin(request.data().data(), data.all()), request.network().architecture(), record, quality);
    }

    private static Activation activation(LabelKind kind) {
        return kind == LabelKind.MULTI_LABEL ? Activation.SIGMOID : Activation.SOFTMAX;
    }

    /** The record of a training. */
    static Map<String, Object> training(TrainingRequest request, TrainingSplit split, TrainingOutcome outcome,
            EngineReport engine, List<String> remarks) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("training_images", split.training().size());
        record.put("validation_images", split.validation().size());
        record.put("training_counts", counts(split.training()));
        record.put("keys", keys(request));
        record.put("parameters", outcome.parameters());
        record.put("epochs_run", outcome.history().size());
        record.put("best_epoch", outcome.bestEpoch());
        record.put("cancelled", outcome.cancelled());
        if (outcome.stopped() != null) {
            record.put("stopped", outcome.stopped());
        }
        put(record, engine);
        record.put("remarks", Stream.concat(split.remarks().stream(), remarks.stream()).toList());
        record.put("history", history(outcome.history()));
        return record;
    }

    private static void put(Map<String, Object> record, EngineReport engine) {
        record.put("engine", engine.engine() + ", TensorFlow " + engine.tensorFlow());
        record.put("device", engine.chosen());
        record.put("one_dnn", engine.oneDnn());
        record.put("threads", engine.intraThreads());
    }

    private static Map<String, Object> keys(TrainingRequest request) {
        Map<String, Object> keys = new LinkedHashMap<>(request.keys());
        keys.remove("output");
        // where files lay is nobody else's business
        keys.replaceAll((key, value) -> PATHS.contains(key) ? name(String.valueOf(value)) : value);
        return keys;
    }

    private static Map<String, Object> counts(LabelledSet set) {
        Map<String, Object> counts = new LinkedHashMap<>();
        int[] found = set.counts();
        for (int i = 0; i < found.length; i++) {
            counts.put(set.classNames().get(i), found[i]);
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
            epoch.figures().forEach(figure -> row.put("validation_" + figure.key(), rounded(figure.value())));
            history.add(row);
        }
        return history;
    }

    private static Object rounded(double value) {
        return Double.isFinite(value) ? Math.rint(value * 1e5) / 1e5 : null;
    }
}
