package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Npy;
import io.github.lesionj.dataset.FoldedSet;
import io.github.lesionj.evaluation.ClassificationMetrics;
import io.github.lesionj.evaluation.FoldFigures;
import io.github.lesionj.evaluation.PositiveClass;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.modelpackage.PackageParts;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.modelpackage.PackageWriter;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.ExportedNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the members of a cross-validation as one package. Its test tensors are worked out from the members' own, which came
 * from their training graphs, and not from the graph that is to be proved.
 */
final class EnsemblePackage {

    private final TrainingRequest request;
    private final FoldedSet data;
    private final Backend backend;

    EnsemblePackage(TrainingRequest request, FoldedSet data, Backend backend) {
        this.request = request;
        this.data = data;
        this.backend = backend;
    }

    /**
     * Writes {@code OUTPUT/model}, after a draft of it has proved itself.
     *
     * @param pooled figures of the members on what each held out
     */
    ModelPackage write(List<CrossValidation.Member> members, ClassificationMetrics pooled) {
        InputRule rule = members.get(0).model().card().input();
        Path work = request.place().output().resolve("training");
        TrainClassifier single = new TrainClassifier(request, backend, null, data.folds().get(0).split());
        ExportedNetwork network = backend.ensemble(single.plan(rule, work),
            members.stream().map(member -> member.model().folder().resolve("weights.safetensors")).toList());
        EngineReport engine = backend.report(request.place().device());
        String positive = PositiveClass.of(data.all().classNames(), request.data().positive()).orElse(null);
        ModelCard card = CardMaker.ensemble(request, data, rule, network, positive, engine, facts(members), quality(members, pooled));
        PackageParts parts = new PackageParts(card, network.savedModel(), network.weights(),
            test(members.get(0), "input"), tests(members, network, card), engine.tensorFlow());
        PackageWriter.write(parts, work.resolve("model"));
        ModelLibrary.verify(new PackageReader().open(work.resolve("model")), backend, request.place().device());
        PackageWriter.write(parts, request.place().output().resolve("model"));
        return new PackageReader().open(request.place().output().resolve("model"));
    }

    private static FloatTensor test(CrossValidation.Member member, String name) {
        return Npy.read(member.model().folder().resolve("test_" + name + ".npy")).toFloats();
    }

    private static Map<String, FloatTensor> tests(List<CrossValidation.Member> members, ExportedNetwork network, ModelCard card) {
        Map<String, FloatTensor> tests = new LinkedHashMap<>();
        for (String role : network.outputs().keySet()) {
            boolean scores = role.equals(ModelSignature.SCORES);
            List<FloatTensor> own = members.stream().map(member -> test(member, scores ? "output" : role)).toList();
            tests.put(role, scores ? MeanScores.of(own, card.activation()) : MeanScores.mean(own));
        }
        return tests;
    }

    private static List<Map<String, Object>> facts(List<CrossValidation.Member> members) {
        List<Map<String, Object>> facts = new ArrayList<>();
        for (CrossValidation.Member member : members) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("fold", member.fold().number());
            if (!member.fold().name().isEmpty()) {
                row.put("site", member.fold().name());
            }
            row.put("training_images", member.fold().split().training().size());
            row.put("validation_images", member.fold().split().validation().size());
            row.put("held_out_images", member.metrics().items());
            row.put("best_epoch", member.bestEpoch());
            facts.add(row);
        }
        return facts;
    }

    private static Map<String, Object> quality(List<CrossValidation.Member> members, ClassificationMetrics pooled) {
        Map<String, Object> quality = TrainClassifier.quality("all images, each by the one of the " + members.size()
            + " networks that held it out: nothing was learned from it, and that network's best epoch was not chosen on it (pooled "
            + "out-of-fold); the mean of the networks, which is this model, was itself judged on no image", pooled);
        Map<String, Object> folds = FoldFigures.of(members.stream().map(member -> member.metrics().toMap()).toList());
        quality.put("auc_mean_of_folds", value(folds, "mean"));
        quality.put("auc_standard_deviation_of_folds", value(folds, "standard_deviation"));
        quality.values().removeIf(value -> value == null);
        return quality;
    }

    private static Object value(Map<String, Object> folds, String kind) {
        return ((Map<?, ?>) folds.get(kind)).get("auc");
    }
}
