package io.github.lesionj.door;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.image.ChannelRule;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.modelpackage.Activation;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.modelpackage.PackageParts;
import io.github.lesionj.modelpackage.PackageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/**
 * A network whose answer everybody can work out: it sees 16 x 16 px, the probability of {@code lesion} is a factor times the
 * mean of what it sees, its attention is what it sees, averaged in 4 x 4 cells, and its class activation map is that of
 * {@code lesion} beside one minus that of {@code normal}.
 *
 * @param name       of the package
 * @param classNames two
 * @param rule       how channels are matched
 * @param channels   of the network
 * @param kind       of intensities
 * @param factor     of the mean
 * @param maps       roles of the maps it gives
 */
public record TinyModel(String name, List<String> classNames, ChannelRule rule, int channels, IntensityRule.Kind kind, float factor,
        List<String> maps) {

    /** Edge of what it sees in px. */
    public static final int SIZE = 16;
    private static final int CELL = 4;
    private static final int CELLS = SIZE / CELL;

    /** Grey images by their type, with both maps. */
    public static TinyModel named(String name) {
        return new TinyModel(name, List.of("normal", "lesion"), ChannelRule.GREY, 1, IntensityRule.Kind.TYPE, 1,
            List.of(ModelSignature.ATTENTION, ModelSignature.CAM));
    }

    public TinyModel classes(String negative, String positive) {
        return new TinyModel(name, List.of(negative, positive), rule, channels, kind, factor, maps);
    }

    public TinyModel channels(ChannelRule other, int count) {
        return new TinyModel(name, classNames, other, count, kind, factor, maps);
    }

    public TinyModel factor(double other) {
        return new TinyModel(name, classNames, rule, channels, kind, (float) other, maps);
    }

    public TinyModel intensity(IntensityRule.Kind other) {
        return new TinyModel(name, classNames, rule, channels, other, factor, maps);
    }

    public TinyModel withoutMaps() {
        return new TinyModel(name, classNames, rule, channels, kind, factor, List.of());
    }

    /** Writes the package to {@code parent/NAME}. */
    public Path write(Path parent) {
        try {
            Path savedModel = Files.createTempDirectory("tiny-model");
            Files.write(savedModel.resolve("saved_model.pb"), SavedModel.newBuilder().setSavedModelSchemaVersion(1)
                .addMetaGraphs(graph()).build().toByteArray());
            PackageWriter.write(new PackageParts(card(), savedModel, null, testInput(), testOutputs(), "2.16.2"), parent.resolve(name));
            Files.delete(savedModel.resolve("saved_model.pb"));
            Files.delete(savedModel);
            return parent.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says of itself. */
    public ModelCard card() {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(ModelSignature.SCORES, "scores");
        maps.forEach(role -> outputs.put(role, role));
        return new ModelCard(name, "1.0.0", "Says how bright an image is.", "BSD-2-Clause", "", "classification", LabelKind.BINARY,
            classNames, classNames.get(1), new InputRule(SIZE, SIZE, channels, rule,
                new IntensityRule(kind, 0, 100, new double[0], new double[0]), ResizeRule.STRETCH),
            new ModelSignature("serving_default", "image", new int[] {SIZE, SIZE, channels}, outputs), Activation.NONE, Double.NaN,
            1, Double.NaN, Double.NaN, "", Map.of(), Map.of());
    }

    private MetaGraphDef graph() {
        MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
        meta.getMetaInfoDefBuilder().addTags("serve");
        GraphNodes nodes = new GraphNodes(meta.getGraphDefBuilder());
        nodes.placeholder("image", -1, SIZE, SIZE, channels);
        nodes.constant("all_axes", 1, 2, 3);
        nodes.constant("channel_axis", new int[] {3});
        nodes.scalar("class_axis", 1);
        nodes.scalar("map_axis", 3);
        nodes.constant("one", 1f);
        nodes.constant("factor", factor);
        nodes.mean("mean", "image", "all_axes", false);
        nodes.binary("scaled", "Mul", "mean", "factor");
        nodes.expand("positive", "scaled", "class_axis");
        nodes.binary("negative", "Sub", "one", "positive");
        nodes.join("scores", "negative", "positive", "class_axis");
        nodes.averagePool("pooled", "image", CELL);
        nodes.mean("attention", "pooled", "channel_axis", true);
        nodes.binary("dark", "Sub", "one", "attention");
        nodes.join("cam", "dark", "attention", "map_axis");
        SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
            .putInputs("image", GraphNodes.info("image", -1, SIZE, SIZE, channels))
            .putOutputs("scores", GraphNodes.info("scores", -1, 2));
        maps.forEach(role -> signature.putOutputs(role,
            GraphNodes.info(role, -1, CELLS, CELLS, role.equals(ModelSignature.CAM) ? 2 : 1)));
        return meta.putSignatureDef("serving_default", signature.build()).build();
    }

    /** Half of it white: the left. */
    private FloatTensor testInput() {
        float[] values = new float[SIZE * SIZE * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / channels % SIZE < SIZE / 2 ? 1 : 0;
        }
        return new FloatTensor(values, 1, SIZE, SIZE, channels);
    }

    private Map<String, FloatTensor> testOutputs() {
        Map<String, FloatTensor> outputs = new LinkedHashMap<>();
        outputs.put(ModelSignature.SCORES, new FloatTensor(new float[] {1 - factor / 2, factor / 2}, 1, 2));
        float[] attention = new float[CELLS * CELLS];
        float[] cam = new float[2 * CELLS * CELLS];
        for (int i = 0; i < attention.length; i++) {
            attention[i] = i % CELLS < CELLS / 2 ? 1 : 0;
            cam[2 * i] = 1 - attention[i];
            cam[2 * i + 1] = attention[i];
        }
        if (maps.contains(ModelSignature.ATTENTION)) {
            outputs.put(ModelSignature.ATTENTION, new FloatTensor(attention, 1, CELLS, CELLS, 1));
        }
        if (maps.contains(ModelSignature.CAM)) {
            outputs.put(ModelSignature.CAM, new FloatTensor(cam, 1, CELLS, CELLS, 2));
        }
        return outputs;
    }
}
