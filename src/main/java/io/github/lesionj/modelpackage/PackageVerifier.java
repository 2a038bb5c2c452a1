package io.github.lesionj.modelpackage;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Npy;
import io.github.lesionj.core.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Lets a package prove itself: its network must give the test outputs for the test input. */
public final class PackageVerifier {

    /** Largest difference allowed, absolute where a value is within 1, relative beyond: what folding and kernels cost. */
    public static final double TOLERANCE = 1e-4;

    /** Whatever can run a SavedModel. */
    @FunctionalInterface
    public interface Network {
        /**
         * Runs a network once.
         *
         * @param savedModel folder
         * @param signature  its key
         * @param inputs     by the signature's names
         * @return outputs by the signature's names
         */
        Map<String, FloatTensor> predict(Path savedModel, String signature, Map<String, FloatTensor> inputs);
    }

    private PackageVerifier() {
    }

    /**
     * Runs the test.
     *
     * @return the largest difference over all test outputs, see {@link #TOLERANCE}
     * @throws UsageException   when the package has no test tensors
     * @throws LesionJException when an output is missing, of another shape, or differs
     */
    public static double verify(ModelPackage model, Network network) {
        CardFile content = CardReader.read(CardReader.find(model.folder()));
        if (content.testInput() == null || !content.testOutputs().containsKey(ModelSignature.SCORES)) {
            throw new UsageException("The model " + model.card().name() + " cannot be verified: its card names no test"
                + " tensors for the input and for the output " + ModelSignature.SCORES + ".");
        }
        ModelSignature signature = model.card().signature();
        FloatTensor input = Npy.read(content.testInput().in(model.folder())).toFloats();
        Map<String, FloatTensor> outputs =
            network.predict(model.savedModel(), signature.key(), Map.of(signature.input(), input));
        double largest = 0;
        for (Map.Entry<String, NamedFile> test : content.testOutputs().entrySet()) {
            String name = signature.outputs().get(test.getKey());
            if (name != null) {
                FloatTensor expected = Npy.read(test.getValue().in(model.folder())).toFloats();
                largest = Math.max(largest, compare(model, name, expected, outputs.get(name)));
            }
        }
        return largest;
    }

    private static double compare(ModelPackage model, String name, FloatTensor expected, FloatTensor actual) {
        if (actual == null) {
            throw new LesionJException("The model " + model.card().name() + " has no output " + name
                + ", which its card names.");
        }
        if (!Arrays.equals(expected.shape(), actual.shape())) {
            throw new LesionJException("The model " + model.card().name() + " gives the output " + name + " with shape "
                + Arrays.toString(actual.shape()) + ", but its test tensor has " + Arrays.toString(expected.shape()) + ".");
        }
        double largest = 0;
        for (int i = 0; i < expected.values().length; i++) {
            largest = Math.max(largest, difference(expected.values()[i], actual.values()[i]));
        }
        if (largest > TOLERANCE) {
            throw new LesionJException(String.format(Locale.ROOT,
                "The model %s does not reproduce its test tensor for the output %s: it differs by %.3g, allowed is %.0e."
                    + " Do not use it on this machine.", model.card().name(), name, largest, TOLERANCE));
        }
        return largest;
    }

    private static double difference(double expected, double actual) {
        if (Double.compare(expected, actual) == 0) {
            return 0;
        }
        double difference = Math.abs(expected - actual) / Math.max(1, Math.abs(expected));
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }
}
