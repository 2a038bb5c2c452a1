package io.github.lesionj.inference;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.training.ParameterStore;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.network.GradCamGraph;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.network.UnsupportedGraphException;
import io.github.lesionj.runtime.GradientPredictor;
import io.github.lesionj.runtime.NoGradientException;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A SavedModel loaded by DJL whose graph was added to ({@link GradCamGraph}): the signature gives the last feature map as a
 * further output, and a second signature on the same session gives gradients. Both end with the predictor.
 */
final class DjlGradientPredictor extends DjlPredictor implements GradientPredictor {

    private static final String SIGNATURE = "lesionj_gradient";
    private static final String INPUT = "input";
    private static final String SEED = "seed";

    private final Model model;
    private final TfSymbolBlock gradients;

    private DjlGradientPredictor(Model model, SessionSettings settings, Map<String, String> inputTypes, TfSymbolBlock gradients) {
        super(model, settings, inputTypes);
        this.model = model;
        this.gradients = gradients;
    }

    /**
     * Loads a SavedModel.
     *
     * @param scores the signature's output with the class scores; the rest as in {@link DjlPredictor#load}
     * @throws NoGradientException saying why its graph gives none
     */
    static DjlGradientPredictor load(Path savedModel, String signature, SessionSettings settings, Map<String, String> inputTypes,
            String scores) {
        Model model = loadModel(savedModel, signature, settings);
        try {
            SavedModelBundle loaded = Blocks.bundle(model);
            GradCamGraph added = GradCamGraph.addTo(loaded.getGraph(), loaded.getMetaGraphDef(), signature, scores);
            SavedModelBundle both = new SavedModelBundle(loaded.getGraph(), loaded.getSession(),
                signatures(loaded.getMetaGraphDef(), signature, added));
            Blocks.replace(model, new TfSymbolBlock(both, signature));
            return new DjlGradientPredictor(model, settings, inputTypes, new TfSymbolBlock(both, SIGNATURE));
        } catch (UnsupportedGraphException e) {
            model.close();
            throw new NoGradientException(e.getMessage(), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            model.close();
            throw new LesionJException("The SavedModel in " + savedModel + " cannot be made ready for Grad-CAM: " + e.getMessage() + ".", e);
        }
    }

    private static MetaGraphDef signatures(MetaGraphDef graph, String signature, GradCamGraph added) {
        SignatureDef.Builder predicting = graph.getSignatureDefOrThrow(signature).toBuilder();
        added.outputs().forEach((name, tensor) ->
            predicting.putOutputs(name, predicting.getOutputsOrThrow(name).toBuilder().setName(tensor).build()));
        predicting.putOutputs(FEATURE_MAP, tensor(added.featureMap()));
        SignatureDef differentiating = SignatureDef.newBuilder().putInputs(INPUT, tensor(added.input()))
            .putInputs(SEED, tensor(added.seed())).putOutputs(FEATURE_MAP, tensor(added.gradient())).build();
        return graph.toBuilder().putSignatureDef(signature, predicting.build()).putSignatureDef(SIGNATURE, differentiating).build();
    }

    private static TensorInfo tensor(String name) {
        return TensorInfo.newBuilder().setName(name).build();
    }

    @Override
    public FloatTensor gradient(FloatTensor featureMap, FloatTensor seed) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDList inputs = new NDList(floats(manager, INPUT, featureMap), floats(manager, SEED, seed));
            NDList outputs = gradients.forward(new ParameterStore(manager, false), inputs, false);
            return toJava(manager, outputs).get(FEATURE_MAP);
        } catch (RuntimeException e) {
            throw explain(e);
        }
    }
}
