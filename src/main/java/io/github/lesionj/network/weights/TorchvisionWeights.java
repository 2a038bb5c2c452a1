package io.github.lesionj.network.weights;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.network.EnsembleWriter;
import io.github.lesionj.network.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes weights as torchvision would, so that its networks load them with {@code strict=True}. */
public final class TorchvisionWeights {

    /** The networks that torchvision has too: name of the first kernel, and of the dense layer. */
    private enum Twin {
        RESNET18("conv1", "fc"),
        RESNET34("conv1", "fc"),
        RESNET50("conv1", "fc"),
        DENSENET121("features.conv0", "classifier");

        private final String stem;
        private final String head;

        Twin(String stem, String head) {
            this.stem = stem;
            this.head = head;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private TorchvisionWeights() {
    }

    /**
     * Writes a safetensors file with torchvision's names and layout; of a network that torchvision has not, one with our own.
     *
     * @param weights      {@code weights.safetensors} of a package
     * @param architecture of the package
     * @param output       the file
     * @return sentences: what was written, and how Python loads it
     */
    public static List<String> export(Path weights, String architecture, Path output) {
        Map<String, FloatTensor> tensors = Safetensors.read(weights);
        int members = EnsembleWriter.members(tensors.keySet());
        if (members > 0) {
            return copy(weights, output, "the model is the mean of " + members + " networks; each of them can be exported by itself, "
                + "folds/1/model to folds/" + members + "/model of that cross-validation");
        }
        for (Twin twin : Twin.values()) {
            if (twin.id().equals(architecture)) {
                String problem = problem(twin, tensors);
                return problem == null ? write(twin, tensors, output) : copy(weights, output, problem);
            }
        }
        return copy(weights, output, "torchvision has no " + architecture);
    }

    private static String problem(Twin twin, Map<String, FloatTensor> tensors) {
        if (!tensors.containsKey(twin.head + ".weight")) {
            return "torchvision's " + twin.id() + " has only the plain head";
        }
        return tensors.containsKey("attention.weight") ? "torchvision's " + twin.id() + " has no attention" : null;
    }

    private static List<String> copy(Path weights, Path output, String why) {
        WholeFile.write(output, out -> Files.copy(weights, out));
        return List.of("Wrote " + output + " with LesionJ's own names and layout, for " + why + ".");
    }

    private static List<String> write(Twin twin, Map<String, FloatTensor> tensors, Path output) {
        Map<String, FloatTensor> turned = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> turned.put(name, WeightLayout.TORCH.fromTensorFlow(tensor)));
        List<String> counters = tensors.keySet().stream().filter(name -> name.endsWith(".running_var")).map(TorchNames::counter).toList();
        int[] stem = turned.get(twin.stem + ".weight").shape();
        int classes = turned.get(twin.head + ".bias").shape()[0];
        Safetensors.write(output, turned, counters, Map.of("format", "pt", "architecture", twin.id(),
            WeightLayout.KEY, WeightLayout.TORCH.text()));
        return List.of("Wrote " + output + " with torchvision's names and layout. In Python: " + python(twin, stem, classes, output));
    }

    private static String python(Twin twin, int[] stem, int classes, Path output) {
        StringBuilder lines = new StringBuilder("model = torchvision.models." + twin.id() + "(num_classes=" + classes + "); ");
        boolean large = stem[2] == 7;
        if (!large || stem[1] != 3) {
            lines.append("model.").append(twin.stem).append(" = torch.nn.Conv2d(").append(stem[1]).append(", ").append(stem[0])
                .append(large ? ", 7, 2, 3, bias=False); " : ", 3, 1, 1, bias=False); ");
        }
        if (!large) {
            lines.append("model.").append(twin == Twin.DENSENET121 ? "features.pool0" : "maxpool").append(" = torch.nn.Identity(); ");
        }
        return lines.append("model.load_state_dict(safetensors.torch.load_file(\"").append(output.getFileName())
            .append("\"), strict=True)").toString();
    }
}
