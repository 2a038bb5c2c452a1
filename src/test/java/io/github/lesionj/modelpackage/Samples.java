package io.github.lesionj.modelpackage;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.image.ChannelRule;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import io.github.lesionj.image.ResizeRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small package for tests; its SavedModel is bytes only, for nothing here loads it. */
final class Samples {

    private Samples() {
    }

    static ModelCard card() {
        return card("test-lesion", "1.2.0");
    }

    static ModelCard card(String name, String version) {
        InputRule input = new InputRule(32, 24, 1, ChannelRule.GREY,
            new IntensityRule(IntensityRule.Kind.PERCENTILE, 1, 99.5, new double[] {0.5}, new double[] {0.25}), ResizeRule.CROP);
        Map<String, String> outputs = Map.of("scores", "logits", "attention", "attention_map", "cam", "class_maps");
        return new ModelCard(name, version, "Finds lesions: \"bright\" ones; ümlaut, 'quotes', #hash.", "BSD-2-Clause",
            "Drawn by a generator.", "classification", LabelKind.BINARY, List.of("normal", "no"), "no", input,
            new ModelSignature("serving_default", "image", new int[] {24, 32, 1}, outputs), Activation.SOFTMAX, 0.375, 1.5, 0.6, 12.5,
            "explainable-cnn", Map.of("epochs", 3, "loss", List.of(0.7, 0.5f, Double.NaN), "data", Map.of("items", 40L)),
            Map.of("auc", 0.987, "note", "on 40 items"));
    }

    static PackageParts parts(Path folder, ModelCard card) throws IOException {
        Path savedModel = Files.createDirectories(folder.resolve("export"));
        Files.createDirectories(savedModel.resolve("variables"));
        Files.writeString(savedModel.resolve("saved_model.pb"), "graph of " + card.version());
        Files.writeString(savedModel.resolve("variables/variables.index"), "index");
        Files.writeString(savedModel.resolve("variables/variables.data-00000-of-00001"), "numbers".repeat(1000));
        Path weights = Files.writeString(folder.resolve("some.safetensors"), "weights");
        Map<String, FloatTensor> outputs = new TreeMap<>();
        outputs.put("scores", new FloatTensor(new float[] {-0.5f, 2}, 1, 2));
        outputs.put("attention", new FloatTensor(ramp(12), 1, 3, 4, 1));
        outputs.put("cam", new FloatTensor(ramp(24), 1, 3, 4, 2));
        return new PackageParts(card, savedModel, weights, new FloatTensor(ramp(24 * 32), 1, 24, 32, 1), outputs, "2.16.2");
    }

    private static float[] ramp(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i / (float) length;
        }
        return values;
    }

    /** Writes a package to {@code folder/model}. */
    static Path write(Path folder) throws IOException {
        return write(folder, card());
    }

    static Path write(Path folder, ModelCard card) throws IOException {
        Path target = folder.resolve("model");
        PackageWriter.write(parts(Files.createDirectories(folder), card), target);
        return target;
    }
}
