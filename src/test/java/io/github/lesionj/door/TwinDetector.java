package io.github.lesionj.door;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.image.ChannelRule;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.modelpackage.Activation;
import io.github.lesionj.modelpackage.DetectionRule;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.modelpackage.PackageParts;
import io.github.lesionj.modelpackage.PackageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/**
 * A detector whose answer everybody can work out: it sees 64 x 64 px at their own scale, and each of its 4 x 4 cells of 16 px is twice
 * a candidate: at its place, where the score of {@code bright} is the mean of the cell and that of {@code dark} half of one minus it, and
 * 4 px further to the right (an IoU of 0.6 with the first, or of 0.75 where the image's edge cuts it off) with half of those scores.
 */
public final class TwinDetector {

    /** Edge of what it sees in px. */
    public static final int SIZE = 64;
    /** Edge of a cell in px. */
    public static final int CELL = 16;
    private static final int CELLS = SIZE / CELL;
    private static final int SHIFT = 4;
    private static final int CANDIDATES = 2 * CELLS * CELLS;

    private TwinDetector() {
    }

    /** Writes the package to {@code parent/NAME}; its threshold is 0.3, its limit of overlap 0.5. */
    public static Path write(Path parent, String name) {
        try {
            Path savedModel = Files.createTempDirectory("twin-detector");
            Files.write(savedModel.resolve("saved_model.pb"), SavedModel.newBuilder().setSavedModelSchemaVersion(1)
                .addMetaGraphs(graph()).build().toByteArray());
            PackageWriter.write(new PackageParts(card(name), savedModel, null, testInput(), testOutputs(), "2.16.2"), parent.resolve(name));
            Files.delete(savedModel.resolve("saved_model.pb"));
            Files.delete(savedModel);
            return parent.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says of itself. */
    public static ModelCard card(String name) {
        return new ModelCard(name, "1.0.0", "Finds bright and dark cells of a grid.", "BSD-2-Clause", "", ModelCard.DETECTION, LabelKind.MULTI_LABEL,
            List.of("bright", "dark"), null, new InputRule(SIZE, SIZE, 1, ChannelRule.GREY,
                new IntensityRule(IntensityRule.Kind.TYPE, 0, 100, new double[0], new double[0]), ResizeRule.STRETCH),
            new ModelSignature("serving_default", "image", new int[] {SIZE, SIZE, 1},
                Map.of(ModelSignature.SCORES, "scores", ModelSignature.BOXES, "boxes")), Activation.NONE, 0.3, 1, Double.NaN, Double.NaN, "",
            Map.of(), Map.of(), new DetectionRule(1, Double.NaN, 0.5, 300, CELL, CELL));
    }

    private static MetaGraphDef graph() {
        MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
        meta.getMetaInfoDefBuilder().addTags("serve");
        GraphNodes nodes = new GraphNodes(meta.getGraphDefBuilder());
        nodes.placeholder("image", -1, SIZE, SIZE, 1);
        nodes.constant("one", 1f);
        nodes.constant("half", 0.5f);
        nodes.constant("zero", 0f);
        nodes.scalar("candidate_axis", 1);
        nodes.scalar("class_axis", 2);
        nodes.averagePool("pooled", "image", CELL);
        nodes.constant("column", -1, CELLS * CELLS, 1);
        nodes.reshape("bright", "pooled", "column");
        nodes.binary("rest", "Sub", "one", "bright");
        nodes.binary("dark", "Mul", "rest", "half");
        nodes.join("first", "bright", "dark", "class_axis");
        nodes.binary("second", "Mul", "first", "half");
        nodes.join("scores", "first", "second", "candidate_axis");
        // the boxes once for each image of the batch
        nodes.constant("all_axes", 1, 2, 3);
        nodes.mean("mean", "image", "all_axes", true);
        nodes.constant("single", -1, 1, 1);
        nodes.reshape("flat", "mean", "single");
        nodes.binary("nothing", "Mul", "flat", "zero");
        nodes.constant("places", places(), 1, CANDIDATES, 4);
        nodes.binary("boxes", "AddV2", "places", "nothing");
        SignatureDef signature = SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
            .putInputs("image", GraphNodes.info("image", -1, SIZE, SIZE, 1))
            .putOutputs("scores", GraphNodes.info("scores", -1, CANDIDATES, 2))
            .putOutputs("boxes", GraphNodes.info("boxes", -1, CANDIDATES, 4)).build();
        return meta.putSignatureDef("serving_default", signature).build();
    }

    private static float[] places() {
        float[] places = new float[4 * CANDIDATES];
        for (int i = 0; i < CANDIDATES; i++) {
            int x = i % CELLS * CELL + (i < CANDIDATES / 2 ? 0 : SHIFT);
            int y = i / CELLS % CELLS * CELL;
            System.arraycopy(new float[] {x, y, x + CELL, y + CELL}, 0, places, 4 * i, 4);
        }
        return places;
    }

    /** Half of it white: the left. */
    private static FloatTensor testInput() {
        float[] values = new float[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % SIZE < SIZE / 2 ? 1 : 0;
        }
        return new FloatTensor(values, 1, SIZE, SIZE, 1);
    }

    private static Map<String, FloatTensor> testOutputs() {
        float[] scores = new float[2 * CANDIDATES];
        for (int i = 0; i < CANDIDATES; i++) {
            float bright = i % CELLS < CELLS / 2 ? 1 : 0;
            float share = i < CANDIDATES / 2 ? 1 : 0.5f;
            scores[2 * i] = share * bright;
            scores[2 * i + 1] = share * (1 - bright) / 2;
        }
        return Map.of(ModelSignature.SCORES, new FloatTensor(scores, 1, CANDIDATES, 2),
            ModelSignature.BOXES, new FloatTensor(places(), 1, CANDIDATES, 4));
    }
}
