package io.github.lesionj.inference;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.BatchLimit;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.OutOfDeviceMemoryException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A SavedModel loaded by DJL. Plain arrays go in and come out; what is native dies with each call. */
class DjlPredictor implements io.github.lesionj.runtime.Predictor {

    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final SessionSettings settings;
    private final Map<String, String> inputTypes;
    private final BatchLimit limit;

    DjlPredictor(Model model, SessionSettings settings, Map<String, String> inputTypes) {
        this.model = model;
        this.predictor = model.newPredictor(new NoopTranslator(null));
        this.settings = settings;
        this.inputTypes = inputTypes;
        this.limit = BatchLimit.of(Blocks.bundle(model).getGraph(), Blocks.bundle(model).getMetaGraphDef(), settings);
    }

    /**
     * Loads a SavedModel.
     *
     * @param savedModel folder that holds {@code saved_model.pb}
     * @param signature  key of the signature
     * @param inputTypes TensorFlow's type of each input, by name
     */
    static DjlPredictor load(Path savedModel, String signature, SessionSettings settings, Map<String, String> inputTypes) {
        return new DjlPredictor(loadModel(savedModel, signature, settings), settings, inputTypes);
    }

    /** A SavedModel in DJL; the caller closes it. */
    static Model loadModel(Path savedModel, String signature, SessionSettings settings) {
        Model model = Model.newInstance(savedModel.getFileName().toString(), "TensorFlow");
        try {
            model.load(savedModel, "saved_model.pb",
                Map.of("ConfigProto", settings.toProto(), "SignatureDefKey", signature));
            InitOps.leaveOut(model, signature);
            return model;
        } catch (IOException | MalformedModelException | ReflectiveOperationException | RuntimeException e) {
            model.close();
            throw explain(savedModel, e);
        }
    }

    private static LesionJException explain(Path savedModel, Exception e) {
        String message = String.valueOf(e.getMessage()).replace('\n', ' ');
        if (message.contains("Could not find variable")) {
            return new UsageException("The SavedModel in " + savedModel + " cannot be used: its variables are not initialised ("
                + "Keras 3 writes such models with tf.saved_model.save(model)); write it again with model.export(folder).", e);
        }
        return new UsageException("The SavedModel in " + savedModel + " cannot be loaded: " + message + ".", e);
    }

    @Override
    public Map<String, FloatTensor> predict(Map<String, FloatTensor> inputs) {
        if (!inputs.keySet().equals(inputTypes.keySet())) {
            // an input that is not fed ends the whole process in native code
            throw new UsageException("The network takes the inputs " + String.join(", ", inputTypes.keySet()) + " and was given "
                + String.join(", ", inputs.keySet()) + "; correct the model's card.");
        }
        inputs.values().stream().filter(input -> input.shape().length > 1).forEach(input -> limit.check(input.batch()));
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDList list = new NDList();
            inputs.forEach((name, tensor) -> list.add(toNative(manager, name, tensor)));
            return toJava(manager, predictor.predict(list));
        } catch (TranslateException | RuntimeException e) {
            throw explain(e);
        }
    }

    private NDArray toNative(NDManager manager, String name, FloatTensor tensor) {
        NDArray array = floats(manager, name, tensor);
        if (!"int32".equals(inputTypes.get(name))) {
            return array;
        }
        NDArray integers = array.toType(DataType.INT32, false);
        integers.setName(name);
        return integers;
    }

    /** A native array of a name. */
    static NDArray floats(NDManager manager, String name, FloatTensor tensor) {
        Shape shape = new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray());
        NDArray array = manager.create(FloatBuffer.wrap(tensor.values()), shape, DataType.FLOAT32);
        array.setName(name);
        return array;
    }

    /** Named arrays as plain values; the arrays then die with the manager. */
    static Map<String, FloatTensor> toJava(NDManager manager, NDList outputs) {
        outputs.attach(manager);
        Map<String, FloatTensor> results = new LinkedHashMap<>();
        for (NDArray output : outputs) {
            results.put(output.getName(), toJava(output));
        }
        return results;
    }

    private static FloatTensor toJava(NDArray array) {
        NDArray floats = array.getDataType() == DataType.FLOAT32 ? array : array.toType(DataType.FLOAT32, false);
        int[] shape = Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
        return new FloatTensor(floats.toFloatArray(), shape);
    }

    /** What went wrong in a run, for the user. */
    static LesionJException explain(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("OOM when allocating") || message.contains("RESOURCE_EXHAUSTED") || message.contains("ResourceExhausted")) {
                return new OutOfDeviceMemoryException("The batch does not fit into memory; use a smaller one with batch=.", e);
            }
        }
        Throwable root = e.getCause() == null ? e : e.getCause();
        return new LesionJException("The network could not be run: " + String.valueOf(root.getMessage()).replace('\n', ' ') + ".", e);
    }

    @Override
    public String device() {
        return settings.device();
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
