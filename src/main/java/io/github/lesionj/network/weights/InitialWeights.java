package io.github.lesionj.network.weights;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.Listing;
import io.github.lesionj.network.EnsembleWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a network starts from when weights are given: the file's backbone, whole, and the file's head where it fits.
 *
 * <p>A backbone that is not whole is refused, with what is missing, what is too much and what has another shape. Only a first
 * convolution for three channels is turned into one for a single channel, by summing over the three, which is what it would
 * make of a grey image that is repeated. A head for other classes, or of another kind, begins afresh. Whatever is done is said.
 */
public final class InitialWeights {

    private final WeightFile file;
    private final Map<String, FloatTensor> fresh;
    private final Predicate<String> isHead;
    private final Consumer<String> say;
    private final TorchNames names;
    /** The file's tensors by our names, in its layout. */
    private final Map<String, FloatTensor> given = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> extra = new ArrayList<>();
    private final List<String> misshapen = new ArrayList<>();

    private InitialWeights(WeightFile file, Map<String, FloatTensor> fresh, Predicate<String> isHead, Consumer<String> say) {
        this.file = file;
        this.fresh = fresh;
        this.isHead = isHead;
        this.say = say;
        this.names = new TorchNames(file.tensors().keySet(), fresh.keySet());
        file.tensors().forEach((name, tensor) -> given.put(names.ours().get(name), tensor));
    }

    /**
     * The file that holds the weights of what a user named: of a package, one within it.
     *
     * @throws UsageException when there is none
     */
    public static Path file(Path path) {
        return WeightFile.locate(path);
    }

    /**
     * Loads the weights to start from.
     *
     * @param path   a model package (folder or zip), a safetensors file, or a state dict that PyTorch saved
     * @param fresh  the network's variables with the values that they have without it, in the network's order
     * @param isHead whether a variable belongs to the head
     * @param say    hears what was done, a sentence at a time
     * @return a value for each variable
     * @throws UsageException when the file cannot be read, is not of this network, or holds values that are no numbers
     */
    public static Map<String, FloatTensor> load(Path path, Map<String, FloatTensor> fresh, Predicate<String> isHead,
            Consumer<String> say) {
        return new InitialWeights(WeightFile.read(path), fresh, isHead, say).fitted();
    }

    private Map<String, FloatTensor> fitted() {
        refuseEnsemble();
        Map<String, FloatTensor> turned = turned(layout());
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        boolean head = fresh.keySet().stream().filter(isHead).allMatch(name -> fits(turned.get(name), fresh.get(name)));
        List<String> summed = new ArrayList<>();
        fresh.forEach((name, start) -> {
            if (isHead.test(name)) {
                weights.put(name, head ? turned.get(name) : start);
            } else {
                weights.put(name, backbone(name, turned.get(name), start, summed));
            }
        });
        findExtra();
        refuseAnother();
        weights.forEach(this::checkFinite);
        report(head, summed);
        return weights;
    }

    private void refuseEnsemble() {
        int members = EnsembleWriter.members(file.tensors().keySet());
        if (members > 0 && EnsembleWriter.members(fresh.keySet()) == 0) {
            throw new UsageException("The weights " + file.file() + " are those of " + members + " networks whose mean the model is; a"
                + " training starts from one of them: give initial_weights=folds/1/model of that cross-validation.");
        }
    }

    /** Stated, or the only one in which tensors of the network's names have its shapes. */
    private WeightLayout layout() {
        if (file.layout() != null) {
            return file.layout();
        }
        List<WeightLayout> possible = Arrays.stream(WeightLayout.values()).filter(layout -> given.entrySet().stream()
            .anyMatch(entry -> decides(layout, entry.getKey(), entry.getValue()))).toList();
        if (possible.size() == 1) {
            return possible.get(0);
        }
        if (possible.isEmpty() && given.entrySet().stream().noneMatch(entry -> fitsInAny(entry.getKey(), entry.getValue()))) {
            // nothing fits, whichever it is: that is said tensor by tensor
            return WeightLayout.TENSORFLOW;
        }
        throw new UsageException("The weights " + file.file() + " do not say in which order the axes of their kernels are, and their"
            + " shapes leave it open. Add " + WeightLayout.KEY + " to the metadata of the file: \"" + WeightLayout.TENSORFLOW.text()
            + "\" or \"" + WeightLayout.TORCH.text() + "\".");
    }

    /** Whether a tensor fits in this layout and in no other. */
    private boolean decides(WeightLayout layout, String name, FloatTensor tensor) {
        FloatTensor wanted = fresh.get(name);
        return wanted != null && Arrays.stream(WeightLayout.values())
            .allMatch(each -> Arrays.equals(each.toTensorFlow(tensor.shape()), wanted.shape()) == (each == layout));
    }

    private boolean fitsInAny(String name, FloatTensor tensor) {
        return tensor.shape().length > 1 && fresh.containsKey(name) && Arrays.stream(WeightLayout.values())
            .anyMatch(layout -> Arrays.equals(layout.toTensorFlow(tensor.shape()), fresh.get(name).shape()));
    }

    private Map<String, FloatTensor> turned(WeightLayout layout) {
        Map<String, FloatTensor> turned = new LinkedHashMap<>();
        given.forEach((name, tensor) -> {
            if (fresh.containsKey(name)) {
                turned.put(name, layout.toTensorFlow(tensor));
            }
        });
        return turned;
    }

    private FloatTensor backbone(String name, FloatTensor found, FloatTensor start, List<String> summed) {
        if (found == null) {
            missing.add(name);
        } else if (fits(found, start)) {
            return found;
        } else if (summed.isEmpty() && isStem(name) && isOfThreeChannels(found, start)) {
            summed.add(name);
            return sum(found, start.shape());
        } else {
            misshapen.add(name + " " + Arrays.toString(found.shape()) + " for " + Arrays.toString(start.shape()));
        }
        return start;
    }

    private static boolean fits(FloatTensor found, FloatTensor wanted) {
        return found != null && Arrays.equals(found.shape(), wanted.shape());
    }

    /** The first kernel that the network asks for. */
    private boolean isStem(String name) {
        return fresh.entrySet().stream().filter(entry -> entry.getValue().shape().length == 4).findFirst()
            .map(first -> first.getKey().equals(name)).orElse(false);
    }

    private static boolean isOfThreeChannels(FloatTensor found, FloatTensor wanted) {
        int[] colours = wanted.shape().clone();
        boolean grey = colours[2] == 1;
        colours[2] = 3;
        return grey && Arrays.equals(found.shape(), colours);
    }

    /** [height, width, 3, output] over its three input channels. */
    private static FloatTensor sum(FloatTensor kernel, int[] shape) {
        int outputs = shape[3];
        float[] values = new float[kernel.values().length / 3];
        for (int i = 0; i < kernel.values().length; i++) {
            values[i / (3 * outputs) * outputs + i % outputs] += kernel.values()[i];
        }
        return new FloatTensor(values, shape);
    }

    /** What only a larger network of this kind has; others of the file, such as its own head, are left out and said. */
    private void findExtra() {
        List<String> parts = fresh.keySet().stream().filter(name -> !isHead.test(name)).map(InitialWeights::part).distinct().toList();
        names.ours().forEach((name, own) -> {
            if (!fresh.containsKey(own) && !isHead.test(own) && !TorchNames.isCounter(own) && parts.contains(part(own))) {
                extra.add(name);
            }
        });
    }

    private static String part(String name) {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }

    private void refuseAnother() {
        List<String> wrong = Stream.of(listed("missing", missing), listed("too much", extra), listed("of another shape", misshapen))
            .filter(list -> !list.isEmpty()).toList();
        if (wrong.isEmpty()) {
            return;
        }
        throw new UsageException("The weights " + file.file() + " do not fit the network" + (file.architecture().isEmpty() ? ""
            : " (the file says " + PickleReader.printable(file.architecture()) + ")") + ": " + String.join("; ", wrong)
            + ". They belong to another architecture or to other settings of it, such as options=stem=large.");
    }

    /** A few of them for the sentence; where there are more, all of them are said before. */
    private String listed(String what, List<String> found) {
        if (found.isEmpty()) {
            return "";
        }
        String shown = Listing.of(found);
        String all = String.join(", ", found);
        if (!shown.equals(all)) {
            say.accept(found.size() + " " + what + ": " + all);
        }
        return what + " are " + shown;
    }

    private void checkFinite(String name, FloatTensor tensor) {
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                throw new UsageException("The weights " + file.file() + " hold a value that is no number (" + value + ") in " + name
                    + ": the training that they come from failed, or the file is damaged. Take others.");
            }
        }
    }

    private void report(boolean head, List<String> summed) {
        file.remarks().forEach(say);
        long backbone = fresh.keySet().stream().filter(name -> !isHead.test(name)).count();
        say.accept("Started from " + file.file().getFileName() + ": " + backbone + " tensors of the backbone, " + (head ? "and the head."
            : "the head (" + headLayers() + ") begins afresh, for that of the file is missing or has other shapes."));
        names.prefixes().forEach((prefix, count) -> say.accept("In the weights " + count + " names begin with " + prefix
            + ", which was taken off."));
        summed.forEach(name -> say.accept("The weights' first convolution " + name + " is for 3 channels: it was summed over them to 1."));
        List<String> left = leftOut();
        if (!left.isEmpty()) {
            say.accept("Of the weights was left out, for the network has no such tensor: " + String.join(", ", left) + ".");
        }
    }

    private String headLayers() {
        return fresh.keySet().stream().filter(isHead).map(name -> name.substring(0, name.lastIndexOf('.'))).distinct()
            .collect(Collectors.joining(", "));
    }

    private List<String> leftOut() {
        List<String> left = new ArrayList<>();
        names.ours().forEach((name, own) -> {
            if (!fresh.containsKey(own) && !TorchNames.isCounter(own)) {
                left.add(name);
            }
        });
        new TreeMap<>(file.others()).forEach((name, type) -> {
            if (!TorchNames.isCounter(name)) {
                left.add(name + " (" + type + ")");
            }
        });
        return left;
    }
}
