package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Writes trained weights as a SavedModel that only predicts. */
public final class SavedModelWriter {

    /** Key of the signature. */
    public static final String SIGNATURE = "serving_default";
    /** The signature's name of the input, [batch, height, width, channel]. */
    public static final String INPUT = "image";
    /** The signature's name of the logits, [batch, class]. */
    public static final String LOGITS = "logits";

    /** The signature's name of a detector's scores, [batch, candidate, class] in 0..1. */
    public static final String SCORES = "scores";
    /** The signature's name of a detector's boxes, [batch, candidate, 4 or 4 * class] in px of the input. */
    public static final String BOXES = "boxes";

    private SavedModelWriter() {
    }

    /** What becomes of batch normalisation. */
    public enum Form {
        /** Kept as it was in training. */
        KEPT,
        /** Taken into kernel and bias of the convolution before it: fewer operations, logits within 1e-4. */
        FOLDED
    }

    /**
     * Writes the model under a temporary name and moves it when whole; an older one is replaced.
     *
     * @param weights by name, as trained
     * @param folder  that will hold {@code saved_model.pb} and {@code variables/}
     * @return the signature's outputs: {@code logits}, or {@code scores} and {@code boxes} of a detector, and {@code attention}, {@code cam}, {@code features} where there are
     */
    public static List<String> write(Architecture architecture, NetworkPlan plan, Map<String, FloatTensor> weights,
            Form form, Path folder) {
        return writeWhole(folder, partial -> export(architecture, plan, weights, form, partial));
    }

    /** Something that makes a SavedModel in a new folder and gives the names of its outputs. */
    @FunctionalInterface
    interface Export {
        List<String> into(Path folder) throws IOException;
    }

    /** Lets a SavedModel be made under a temporary name, and moves it when whole. */
    static List<String> writeWhole(Path folder, Export export) {
        Path partial = folder.toAbsolutePath().resolveSibling(".part-" + ProcessHandle.current().pid() + "-"
            + folder.getFileName());
        try {
            delete(partial);
            Files.createDirectories(partial.getParent());
            List<String> outputs = export.into(partial);
            delete(folder);
            Files.move(partial, folder);
            return outputs;
        } catch (IOException e) {
            throw new LesionJException("Cannot write the model " + folder + ": " + WholeFile.reason(e)
                + ". Check that the folder can be written to and that the disk is not full.", e);
        }
    }

    private static List<String> export(Architecture architecture, NetworkPlan plan, Map<String, FloatTensor> weights,
            Form form, Path folder) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            ConstantVariables variables = new ConstantVariables(tf, weights);
            Layers layers = form == Form.FOLDED ? new FoldedLayers(tf, variables) : new InferenceLayers(tf, variables);
            Operand<TFloat32> image = image(tf, plan);
            Map<String, Operand<TFloat32>> outputs = outputs(architecture.build(layers, image, plan));
            save(graph, image, outputs, List.of(variables), folder);
            return List.copyOf(outputs.keySet());
        }
    }

    static Operand<TFloat32> image(Ops tf, NetworkPlan plan) {
        return tf.withName(INPUT).placeholder(TFloat32.class,
            Placeholder.shape(Tensors.shape(-1, plan.height(), plan.width(), plan.channels())));
    }

    /** Names the outputs, gives the variables their values, and writes the graph with both. */
    static void save(Graph graph, Operand<TFloat32> image, Map<String, Operand<TFloat32>> outputs, List<ConstantVariables> variables,
            Path folder) throws IOException {
        Ops tf = Ops.create(graph);
        Signature.Builder signature = Signature.builder(SIGNATURE).input(INPUT, image);
        outputs.forEach((name, output) -> signature.output(name, tf.withName(name).identity(output)));
        try (Session session = new Session(graph)) {
            variables.forEach(some -> some.initialize(session));
            SavedModelBundle.exporter(folder.toString()).withSession(session).withSignature(signature.build()).export();
        }
    }

    static Map<String, Operand<TFloat32>> outputs(NetworkGraph network) {
        Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
        network.candidates().ifPresentOrElse(candidates -> {
            outputs.put(SCORES, candidates.scores());
            outputs.put(BOXES, candidates.boxes());
        }, () -> outputs.put(LOGITS, network.logits()));
        network.attention().ifPresent(map -> outputs.put("attention", map));
        network.cam().ifPresent(maps -> outputs.put("cam", maps));
        network.features().ifPresent(features -> outputs.put("features", features));
        return outputs;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
