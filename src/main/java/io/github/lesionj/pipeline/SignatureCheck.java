package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.SavedModelReport;
import io.github.lesionj.runtime.SavedModelReport.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether a SavedModel is what its card says: takes one image, by that name and shape, and has the outputs. */
final class SignatureCheck {

    /** What images can be fed as. */
    private static final Set<String> TYPES = Set.of("float", "int32");

    private SignatureCheck() {
    }

    /**
     * Compares a card with its graph.
     *
     * @throws UsageException naming the inputs that the graph really has
     */
    static void check(ModelCard card, SavedModelReport report) {
        ModelSignature stated = card.signature();
        SavedModelReport.Signature found = report.signatures().get(stated.key());
        if (found == null) {
            throw new UsageException("The model " + card.name() + " has no signature " + stated.key() + " that its card names; it has "
                + describe(report) + ".");
        }
        TensorInfo input = found.inputs().get(stated.input());
        if (input == null || found.inputs().size() > 1 || !TYPES.contains(input.type()) || !fits(input.shape(), stated.inputShape())) {
            throw new UsageException("The model " + card.name() + " cannot classify images as its card says: the card gives it "
                + stated.input() + " " + Arrays.toString(stated.inputShape()) + " as float, but it takes " + inputs(found)
                + "; correct the card, or choose another model.");
        }
        for (Map.Entry<String, String> output : stated.outputs().entrySet()) {
            if (!found.outputs().containsKey(output.getValue())) {
                throw new UsageException("The model " + card.name() + " has no output " + output.getValue()
                    + " that its card names for " + output.getKey() + "; it has " + names(found.outputs()) + ".");
            }
        }
    }

    /** What a SavedModel without a card takes, for people: signatures with their inputs. */
    static String describe(SavedModelReport report) {
        if (report.signatures().isEmpty()) {
            return "no signature";
        }
        return new TreeMap<>(report.signatures()).entrySet().stream()
            .map(signature -> signature.getKey() + " with the input " + inputs(signature.getValue())).collect(Collectors.joining(", "));
    }

    private static String inputs(SavedModelReport.Signature signature) {
        return names(signature.inputs());
    }

    private static String names(Map<String, TensorInfo> tensors) {
        return tensors.isEmpty() ? "nothing" : new TreeMap<>(tensors).entrySet().stream()
            .map(tensor -> tensor.getKey() + " (" + tensor.getValue().type() + " " + shape(tensor.getValue().shape()) + ")")
            .collect(Collectors.joining(" and "));
    }

    private static String shape(List<Long> shape) {
        return shape == null ? "of any shape" : shape.stream().map(length -> length < 0 ? "any" : Long.toString(length))
            .collect(Collectors.joining(", ", "[", "]"));
    }

    /** The first axis is the batch, of any length. */
    private static boolean fits(List<Long> shape, int[] item) {
        if (shape == null) {
            return true;
        }
        boolean fits = shape.size() == item.length + 1 && shape.get(0) < 0;
        for (int i = 0; fits && i < item.length; i++) {
            fits = shape.get(i + 1) < 0 || shape.get(i + 1) == item[i];
        }
        return fits;
    }
}
