package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Writes several trained networks of one architecture as one SavedModel that predicts the mean of their probabilities.
 *
 * <p>Its {@code logits} are such that the same activation as for one member gives that mean: for softmax the logarithm of the
 * mean probability, for the sigmoid its logit. Both are taken from logarithms of probabilities by the log of a sum of
 * exponentials about the largest, so that members which are sure of themselves (probabilities of 0 or 1 in 32 bit) still give
 * finite scores. Attention and class activation maps are the means of the members'. Features are left out: those of different
 * networks have no common meaning.
 */
public final class EnsembleWriter {

    /** Begins the names of a member's variables; its number from 1 and a dot follow. */
    private static final String PREFIX = "fold";

    private EnsembleWriter() {
    }

    /** How many networks weights of these names are of, 0 where they are of one alone. */
    public static int members(Set<String> names) {
        int members = 0;
        while (begins(names, PREFIX + (members + 1) + ".")) {
            members++;
        }
        return members;
    }

    private static boolean begins(Set<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** The weights of all members in one map, each member's names behind {@code foldK.}, K from 1. */
    public static Map<String, FloatTensor> joined(List<Map<String, FloatTensor>> members) {
        Map<String, FloatTensor> joined = new LinkedHashMap<>();
        for (int m = 0; m < members.size(); m++) {
            String prefix = PREFIX + (m + 1) + ".";
            members.get(m).forEach((name, tensor) -> joined.put(prefix + name, tensor));
        }
        return joined;
    }

    /**
     * Writes the model under a temporary name and moves it when whole; an older one is replaced. Batch normalisation is folded.
     *
     * @param kind    decides the activation: sigmoid for multi-label, else softmax
     * @param members weights of each by name, as trained
     * @param folder  that will hold {@code saved_model.pb} and {@code variables/}
     * @return the signature's outputs: {@code logits}, and {@code attention}, {@code cam} where the architecture has them
     */
    public static List<String> write(Architecture architecture, NetworkPlan plan, LabelKind kind,
            List<Map<String, FloatTensor>> members, Path folder) {
        return SavedModelWriter.writeWhole(folder, partial -> export(architecture, plan, kind, members, partial));
    }

    private static List<String> export(Architecture architecture, NetworkPlan plan, LabelKind kind,
            List<Map<String, FloatTensor>> members, Path folder) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> image = SavedModelWriter.image(tf, plan);
            List<ConstantVariables> variables = new ArrayList<>();
            Map<String, List<Operand<TFloat32>>> byName = new LinkedHashMap<>();
            for (int m = 0; m < members.size(); m++) {
                Ops scope = tf.withSubScope(PREFIX + (m + 1));
                ConstantVariables own = new ConstantVariables(scope, members.get(m));
                NetworkGraph network = architecture.build(new FoldedLayers(scope, own), image, plan);
                SavedModelWriter.outputs(network)
                    .forEach((name, output) -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(output));
                variables.add(own);
            }
            Map<String, Operand<TFloat32>> outputs = outputs(tf, kind, byName);
            SavedModelWriter.save(graph, image, outputs, variables, folder);
            return List.copyOf(outputs.keySet());
        }
    }

    private static Map<String, Operand<TFloat32>> outputs(Ops tf, LabelKind kind, Map<String, List<Operand<TFloat32>>> byName) {
        Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();
        List<Operand<TFloat32>> logits = byName.get(SavedModelWriter.LOGITS);
        outputs.put(SavedModelWriter.LOGITS, kind == LabelKind.MULTI_LABEL ? meanSigmoid(tf, logits)
            : logMeanExp(tf, each(logits, tf.nn::logSoftmax)));
        for (String map : List.of("attention", "cam")) {
            if (byName.containsKey(map)) {
                List<Operand<TFloat32>> maps = byName.get(map);
                outputs.put(map, tf.math.div(tf.math.addN(new ArrayList<>(maps)), tf.constant((float) maps.size())));
            }
        }
        return outputs;
    }

    /** The logit of the mean sigmoid: log of the mean of p, less log of the mean of 1 - p. */
    private static Operand<TFloat32> meanSigmoid(Ops tf, List<Operand<TFloat32>> logits) {
        UnaryOperator<Operand<TFloat32>> logSigmoid = z -> tf.math.neg(tf.math.softplus(tf.math.neg(z)));
        UnaryOperator<Operand<TFloat32>> logOfRest = z -> tf.math.neg(tf.math.softplus(z));
        return tf.math.sub(logMeanExp(tf, each(logits, logSigmoid)), logMeanExp(tf, each(logits, logOfRest)));
    }

    private static List<Operand<TFloat32>> each(List<Operand<TFloat32>> operands, UnaryOperator<Operand<TFloat32>> change) {
        return operands.stream().map(change).toList();
    }

    /** Log of the mean of exponentials, element by element. */
    private static Operand<TFloat32> logMeanExp(Ops tf, List<Operand<TFloat32>> logs) {
        Operand<TFloat32> most = logs.get(0);
        for (Operand<TFloat32> log : logs) {
            most = tf.math.maximum(most, log);
        }
        List<Operand<TFloat32>> exponentials = new ArrayList<>();
        for (Operand<TFloat32> log : logs) {
            exponentials.add(tf.math.exp(tf.math.sub(log, most)));
        }
        Operand<TFloat32> mean = tf.math.div(tf.math.addN(exponentials), tf.constant((float) logs.size()));
        return tf.math.add(most, tf.math.log(mean));
    }
}
