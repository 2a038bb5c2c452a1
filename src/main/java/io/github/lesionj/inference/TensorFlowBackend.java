package io.github.lesionj.inference;

import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.CostCount;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.weights.TorchvisionWeights;
import io.github.lesionj.runtime.ArchitectureInfo;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.EngineOptions;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.ExportedNetwork;
import io.github.lesionj.runtime.GradientPredictor;
import io.github.lesionj.runtime.NetworkCost;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.SavedModelReport;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import io.github.lesionj.training.EnsembleExport;
import io.github.lesionj.training.Trainer;
import io.github.lesionj.training.TrainingIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The backend on DJL's TensorFlow engine. Made by {@code runtime} by name; the engine starts with the first need. */
public final class TensorFlowBackend implements Backend {

    private final EngineOptions options;
    private final Architectures architectures = new Architectures();
    private Engines engines;

    public TensorFlowBackend(EngineOptions options) {
        this.options = options;
    }

    private synchronized Engines engines() {
        if (engines == null) {
            engines = Engines.start(options);
        }
        return engines;
    }

    @Override
    public EngineReport report(String device) {
        return engines().report(device);
    }

    @Override
    public SavedModelReport inspect(Path savedModel) {
        return GraphGuard.inspect(savedModel);
    }

    @Override
    public Predictor open(Path savedModel, String signature, String device) {
        Map<String, String> types = inputTypes(savedModel, signature);
        return DjlPredictor.load(savedModel, signature, engines().settings(device), types);
    }

    @Override
    public GradientPredictor openWithGradient(Path savedModel, String signature, String device, String scores) {
        Map<String, String> types = inputTypes(savedModel, signature);
        return DjlGradientPredictor.load(savedModel, signature, engines().settings(device), types, scores);
    }

    private Map<String, String> inputTypes(Path savedModel, String signature) {
        SavedModelReport.Signature asked = inspect(savedModel).signatures().get(signature);
        if (asked == null) {
            throw new UsageException("The SavedModel in " + savedModel + " has no signature " + signature + ".");
        }
        Map<String, String> types = new TreeMap<>();
        asked.inputs().forEach((name, info) -> types.put(name, info.type()));
        return types;
    }

    @Override
    public List<ArchitectureInfo> architectures() {
        return architectures.list();
    }

    @Override
    public NetworkCost cost(NetworkSettings network) {
        engines();
        return CostCount.of(architectures.create(network.architecture()), NetworkPlan.of(network));
    }

    @Override
    public List<String> exportWeights(Path weights, String architecture, Path output) {
        return TorchvisionWeights.export(weights, architecture, output);
    }

    @Override
    public Map<String, String> trainingIdentity(TrainingPlan plan, TrainingData data) {
        Engines engine = engines();
        return TrainingIdentity.of(plan, data, engine.settings(plan.place().device()), engine.oneDnn());
    }

    @Override
    public TrainingOutcome train(TrainingPlan plan, TrainingData data, TrainingListener listener, Progress progress) {
        Architecture architecture = architectures.create(plan.network().architecture());
        Engines engine = engines();
        return new Trainer(architecture, plan, data, engine.settings(plan.place().device()), engine.oneDnn()).train(listener, progress);
    }

    @Override
    public ExportedNetwork ensemble(TrainingPlan plan, List<Path> weights) {
        Architecture architecture = architectures.create(plan.network().architecture());
        engines();
        return EnsembleExport.write(architecture, plan, weights);
    }

    @Override
    public synchronized void close() {
        engines = null;
    }
}
