package io.github.lesionj.modelpackage;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.CandidateBoxes;
import io.github.lesionj.image.ChannelRule;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import io.github.lesionj.image.ResizeRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a card's mapping into its typed form, and holds the rules between its keys. */
final class CardContent {

    /** Of the keys under {@code config: lesionj:}; a card that states a higher one comes from a newer LesionJ. */
    static final int FORMAT = 1;
    /** Weights format of bioimage.io. */
    static final String BUNDLE = "tensorflow_saved_model_bundle";

    private static final int LARGEST_EDGE = 1 << 16;
    private static final String SHA256 = "[0-9a-fA-F]{64}";

    private final Path file;
    private final CardSection root;

    CardContent(Path file, CardSection root) {
        this.file = file;
        this.root = root;
    }

    CardFile read() {
        if (!root.text("type").equals("model")) {
            throw root.wrong("type", "is \"" + root.text("type") + "\", but must be model");
        }
        if (!root.text("format_version").matches("0\\.5(\\..*)?")) {
            throw root.wrong("format_version", "is " + root.text("format_version")
                + ", but LesionJ reads 0.5; convert the card with the Python package bioimageio.spec");
        }
        CardSection ours = lesionj();
        CardSection weights = root.section("weights");
        if (!weights.has(BUNDLE)) {
            throw new UsageException("The model card " + file + " has no weights." + BUNDLE
                + ": LesionJ runs TensorFlow models only; export the model as a SavedModel.");
        }
        return new CardFile(card(ours), namedFile(weights.section(BUNDLE)), testInput(), testOutputs(), attachments());
    }

    private CardSection lesionj() {
        CardSection config = root.has("config") ? root.section("config") : null;
        if (config == null || !config.has("lesionj")) {
            throw new UsageException("The model card " + file + " has no key config.lesionj, which says how images become"
                + " the network's input; write it as docs describes the model card format.");
        }
        CardSection ours = config.section("lesionj");
        if (ours.number("format") > FORMAT) {
            throw ours.wrong("format", "is " + ours.text("format") + ", but this LesionJ knows up to " + FORMAT
                + "; update LesionJ");
        }
        return ours;
    }

    private ModelCard card(CardSection ours) {
        String task = ours.text("task", ModelCard.CLASSIFICATION);
        boolean detector = task.equals(ModelCard.DETECTION);
        List<String> classNames = classNames(ours, detector ? 1 : 2);
        LabelKind labelKind = ours.choice("label_kind", LabelKind.class);
        if (labelKind == LabelKind.BINARY && classNames.size() != 2) {
            throw ours.wrong("class_names", "has " + classNames.size() + " names, but label_kind binary wants 2");
        }
        String positive = ours.text("positive", null);
        if (positive != null && !classNames.contains(positive)) {
            throw ours.wrong("positive", "is \"" + positive + "\", which is not one of the class_names");
        }
        double temperature = ours.number("temperature", 1);
        if (temperature <= 0) {
            throw ours.wrong("temperature", "must be greater than 0");
        }
        InputRule input = input(ours.section("input"));
        ModelSignature signature = signature(ours.section("signature"), input);
        if (detector && !signature.outputs().containsKey(ModelSignature.BOXES)) {
            throw ours.wrong("signature", "must name the output " + ModelSignature.BOXES + " of a detector");
        }
        return new ModelCard(name(), root.text("version", "0.0.0"), root.text("description", ""), root.text("license", ""),
            ours.text("attribution", ""), task, labelKind, classNames, positive, input,
            signature, ours.choice("activation", Activation.class),
            ours.number("threshold", Double.NaN, 0, 1), temperature, ours.number("abstain", Double.NaN, 0, 1),
            ours.number("margin", Double.NaN, 0, 200), ours.text("architecture", ""), ours.free("training"), ours.free("quality"),
            detector ? detection(ours.section("detection")) : null);
    }

    private String name() {
        String name = root.text("name");
        String problem = ModelName.problem(name);
        if (problem != null) {
            throw root.wrong("name", "is \"" + name + "\", which " + problem);
        }
        return name;
    }

    private static DetectionRule detection(CardSection detection) {
        double scale = detection.number("scale", Double.NaN);
        double umPerPx = detection.number("um_per_px", Double.NaN);
        if (scale <= 0 || umPerPx <= 0) {
            throw detection.wrong(scale <= 0 ? "scale" : "um_per_px", "must be greater than 0");
        }
        return new DetectionRule(scale, umPerPx, detection.number("nms", DetectionRule.NMS, 0, 1),
            detection.has("max_detections") ? detection.positive("max_detections", CandidateBoxes.MOST) : DetectionRule.MAX_DETECTIONS,
            detection.number("smallest_object", Double.NaN), detection.number("largest_object", Double.NaN));
    }

    private static List<String> classNames(CardSection ours, int least) {
        List<String> names = ours.texts("class_names");
        if (names.size() < least || new HashSet<>(names).size() < names.size()) {
            throw ours.wrong("class_names", "must be " + (least == 1 ? "one" : "two") + " or more different names");
        }
        for (String name : names) {
            if (name.isBlank() || name.contains(";") || name.chars().anyMatch(Character::isISOControl)) {
                throw ours.wrong("class_names", "holds a name that is empty, or has a semicolon or a line break in it");
            }
        }
        return List.copyOf(names);
    }

    private static InputRule input(CardSection input) {
        int channels = input.positive("channels", 4096);
        ChannelRule rule = input.choice("channel", ChannelRule.class);
        if (rule == ChannelRule.GREY && channels != 1 || rule == ChannelRule.RGB && channels != 3) {
            throw input.wrong("channel",
                "is " + CardSection.spelled(rule) + ", which does not go with channels " + channels);
        }
        return new InputRule(input.positive("width", LARGEST_EDGE), input.positive("height", LARGEST_EDGE), channels, rule,
            intensity(input.section("intensity"), channels), input.choice("resize", ResizeRule.class));
    }

    private static IntensityRule intensity(CardSection intensity, int channels) {
        IntensityRule.Kind kind = intensity.choice("kind", IntensityRule.Kind.class);
        double low = 0;
        double high = 0;
        if (kind == IntensityRule.Kind.PERCENTILE || kind == IntensityRule.Kind.WINDOW) {
            boolean percentile = kind == IntensityRule.Kind.PERCENTILE;
            double most = percentile ? 100 : Double.MAX_VALUE;
            low = intensity.number("low");
            high = intensity.number("high");
            if (percentile && low < 0 || low >= high || high > most) {
                throw intensity.wrong("low", "and high must rise" + (percentile ? " and lie between 0 and 100" : ""));
            }
        }
        double[] std = perChannel(intensity, "std", channels);
        if (Arrays.stream(std).anyMatch(value -> value <= 0)) {
            throw intensity.wrong("std", "must be greater than 0");
        }
        return new IntensityRule(kind, low, high, perChannel(intensity, "mean", channels), std);
    }

    private static double[] perChannel(CardSection intensity, String key, int channels) {
        double[] values = intensity.numbers(key);
        if (values.length > 1 && values.length != channels) {
            throw intensity.wrong(key, "has " + values.length + " numbers, but must have one, or one per channel");
        }
        return values;
    }

    private static ModelSignature signature(CardSection signature, InputRule input) {
        double[] stated = signature.numbers("input_shape");
        int[] shape = stated.length == 0 ? new int[] {input.height(), input.width(), input.channels()}
            : Arrays.stream(stated).mapToInt(length -> (int) length).toArray();
        boolean image = Arrays.equals(shape, new int[] {input.height(), input.width(), input.channels()});
        long values = (long) input.height() * input.width() * input.channels();
        if (!image && !(shape.length == 1 && shape[0] == values)) {
            throw signature.wrong("input_shape",
                "must be [height, width, channels] of the input, or [" + values + "] when flattened");
        }
        Map<String, String> outputs = signature.textMap("outputs");
        if (!outputs.containsKey(ModelSignature.SCORES)) {
            throw signature.wrong("outputs", "must name the output " + ModelSignature.SCORES);
        }
        return new ModelSignature(signature.text("key", "serving_default"), signature.text("input"), shape,
            Map.copyOf(outputs));
    }

    private NamedFile testInput() {
        List<CardSection> inputs = root.has("inputs") ? root.sections("inputs") : List.of();
        if (inputs.size() > 1) {
            throw root.wrong("inputs", "names " + inputs.size() + " tensors, but LesionJ feeds one");
        }
        boolean named = !inputs.isEmpty() && inputs.get(0).has("test_tensor");
        return named ? namedFile(inputs.get(0).section("test_tensor")) : null;
    }

    private Map<String, NamedFile> testOutputs() {
        Map<String, NamedFile> files = new LinkedHashMap<>();
        for (CardSection output : root.has("outputs") ? root.sections("outputs") : List.<CardSection>of()) {
            if (output.has("test_tensor")) {
                files.put(output.text("id"), namedFile(output.section("test_tensor")));
            }
        }
        return files;
    }

    private List<NamedFile> attachments() {
        List<NamedFile> files = new ArrayList<>();
        if (root.has("attachments")) {
            root.sections("attachments").forEach(section -> files.add(namedFile(section)));
        }
        return files;
    }

    private static NamedFile namedFile(CardSection section) {
        String source = section.text("source");
        String problem = source.equals(".") ? null : EntryName.problem(source);
        if (problem != null) {
            throw section.wrong("source",
                "is \"" + source + "\", which " + problem + "; only files within the package can be named");
        }
        String sha256 = section.text("sha256", null);
        if (sha256 != null && !sha256.matches(SHA256)) {
            throw section.wrong("sha256", "is not a SHA-256 checksum of 64 hexadecimal digits");
        }
        return new NamedFile(source, sha256);
    }
}
