package io.github.lesionj.modelpackage;

import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes {@code rdf.yaml} as bioimage.io 0.5 wants it; the same card gives the same bytes. */
final class CardWriter {

    private static final String FORMAT_VERSION = "0.5.4";
    private static final String HOME = "https://github.com/lesionj/LesionJ";

    private final ModelCard card;

    CardWriter(ModelCard card) {
        this.card = card;
    }

    /**
     * The card as YAML.
     *
     * @param files        the files it names, the weights with a checksum
     * @param inputShape   of the test input, with its batch axis
     * @param outputShapes of the test outputs by role, with their batch axis
     * @param tensorFlow   version that wrote the SavedModel
     */
    String write(CardFile files, int[] inputShape, Map<String, int[]> outputShapes, String tensorFlow) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("type", "model");
        root.put("format_version", FORMAT_VERSION);
        root.put("name", card.name());
        root.put("version", card.version());
        root.put("description", card.description());
        root.put("license", card.licence());
        root.put("authors", List.of(Map.of("name", "LesionJ")));
        root.put("cite", List.of(map("text", "LesionJ, deep learning for medical images in ImageJ", "url", HOME)));
        root.put("git_repo", HOME);
        root.put("tags", List.of("lesionj", "imagej", "tensorflow", card.task()));
        root.put("documentation", "README.md");
        root.put("inputs", List.of(tensor("input", "as the network takes it, after the rule in config.lesionj.input",
            inputAxes(inputShape), files.testInput())));
        root.put("outputs", outputs(files, outputShapes));
        root.put("weights", Map.of(CardContent.BUNDLE, bundle(files.weights(), tensorFlow)));
        root.put("attachments", files.attachments().stream().map(CardWriter::named).toList());
        root.put("config", Map.of("lesionj", lesionj()));
        return new Yaml(options()).dump(root);
    }

    static DumperOptions options() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        options.setAllowUnicode(true);
        options.setDereferenceAliases(true);
        options.setWidth(120);
        return options;
    }

    private List<Object> outputs(CardFile files, Map<String, int[]> shapes) {
        List<Object> outputs = new ArrayList<>();
        for (String role : roles(shapes)) {
            boolean perClass = role.equals(ModelSignature.SCORES) || role.equals(ModelSignature.CAM);
            outputs.add(tensor(role, "the SavedModel's output " + card.signature().outputs().get(role),
                outputAxes(role, shapes.get(role), perClass), files.testOutputs().get(role)));
        }
        return outputs;
    }

    /** Scores first, for readers that take the first output. */
    private static List<String> roles(Map<String, int[]> shapes) {
        List<String> roles = new ArrayList<>(new TreeMap<>(shapes).keySet());
        roles.remove(ModelSignature.SCORES);
        roles.add(0, ModelSignature.SCORES);
        return roles;
    }

    private static Map<String, Object> tensor(String id, String description, List<Object> axes, NamedFile test) {
        Map<String, Object> tensor = map("id", id, "description", description, "axes", axes,
            "data", map("type", "float32"));
        if (test != null) {
            tensor.put("test_tensor", named(test));
        }
        return tensor;
    }

    private List<Object> inputAxes(int[] shape) {
        if (shape.length == 2) {
            return List.of(map("type", "batch"), map("type", "index", "id", "value", "size", shape[1]));
        }
        return List.of(map("type", "batch"), space("y", shape[1]), space("x", shape[2]),
            channels(numbered("channel", shape[3])));
    }

    private List<Object> outputAxes(String role, int[] shape, boolean perClass) {
        List<Object> axes = new ArrayList<>(List.of(map("type", "batch")));
        if (shape.length == 4) {
            axes.add(space("y", shape[1]));
            axes.add(space("x", shape[2]));
        } else if (shape.length == 3) {
            axes.add(map("type", "index", "id", "candidate", "size", shape[1]));
        }
        int channels = shape[shape.length - 1];
        boolean named = perClass && channels == card.classNames().size();
        axes.add(channels(named ? card.classNames() : numbered(role, channels)));
        return axes;
    }

    private static Map<String, Object> space(String id, int size) {
        return map("type", "space", "id", id, "size", size);
    }

    private static Map<String, Object> channels(List<String> names) {
        return map("type", "channel", "id", "channel", "channel_names", names);
    }

    private static List<String> numbered(String name, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(count == 1 ? name : name + i);
        }
        return names;
    }

    private static Map<String, Object> bundle(NamedFile weights, String tensorFlow) {
        Map<String, Object> bundle = named(weights);
        bundle.put("tensorflow_version", tensorFlow);
        return bundle;
    }

    private static Map<String, Object> named(NamedFile file) {
        return map("source", file.source(), "sha256", file.sha256());
    }

    private Map<String, Object> lesionj() {
        Map<String, Object> ours = map("format", CardContent.FORMAT, "task", card.task(),
            "label_kind", CardSection.spelled(card.labelKind()), "class_names", card.classNames());
        putText(ours, "positive", card.positive());
        ours.put("input", input(card.input()));
        ours.put("signature", map("key", card.signature().key(), "input", card.signature().input(),
            "input_shape", Arrays.stream(card.signature().inputShape()).boxed().toList(),
            "outputs", new TreeMap<>(card.signature().outputs())));
        ours.put("activation", CardSection.spelled(card.activation()));
        putNumber(ours, "threshold", card.threshold());
        putNumber(ours, "temperature", card.temperature());
        putNumber(ours, "abstain", card.abstain());
        putNumber(ours, "margin", card.margin());
        putText(ours, "architecture", card.architecture());
        putText(ours, "attribution", card.attribution());
        if (card.isDetector()) {
            ours.put("detection", detection(card.detection()));
        }
        ours.put("training", PlainValues.of(card.training()));
        ours.put("quality", PlainValues.of(card.quality()));
        return ours;
    }

    private static Map<String, Object> detection(DetectionRule rule) {
        Map<String, Object> map = new LinkedHashMap<>();
        putNumber(map, "scale", rule.scale());
        putNumber(map, "um_per_px", rule.umPerPx());
        map.put("nms", rule.nms());
        map.put("max_detections", rule.maxDetections());
        putNumber(map, "smallest_object", rule.smallest());
        putNumber(map, "largest_object", rule.largest());
        return map;
    }

    private static Map<String, Object> input(InputRule input) {
        IntensityRule rule = input.intensity();
        Map<String, Object> intensity = map("kind", CardSection.spelled(rule.kind()));
        if (rule.kind() == IntensityRule.Kind.PERCENTILE || rule.kind() == IntensityRule.Kind.WINDOW) {
            intensity.put("low", rule.low());
            intensity.put("high", rule.high());
        }
        if (rule.mean().length > 0) {
            intensity.put("mean", Arrays.stream(rule.mean()).boxed().toList());
        }
        if (rule.std().length > 0) {
            intensity.put("std", Arrays.stream(rule.std()).boxed().toList());
        }
        return map("width", input.width(), "height", input.height(), "channels", input.channels(),
            "channel", CardSection.spelled(input.channel()), "intensity", intensity,
            "resize", CardSection.spelled(input.resize()));
    }

    private static void putText(Map<String, Object> map, String key, String value) {
        if (value != null && !value.isEmpty()) {
            map.put(key, value);
        }
    }

    private static void putNumber(Map<String, Object> map, String key, double value) {
        if (!Double.isNaN(value)) {
            map.put(key, value);
        }
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
