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
 * A detector whose answer everybody can work out: it sees 64 x 64 grey px as 8 x 8 cells, and each cell is a box of class {@code bright} with the
 * score 2 * mean - 1 and of class {@code dark} with 1 - 2 * mean, the mean being 0..1. So a cell of the grey value 128 is nothing, one of 255
 * surely bright, and one of 0 surely dark.
 *
 * @param name of the package
 */
public record TinyDetector(String name) {

    /** Edge of what it sees in px. */
    public static final int SIZE = 64;
    /** Edge of a cell in px. */
    public static final int CELL = 8;
    private static final int CELLS = SIZE / CELL;
    private static final int COUNT = CELLS * CELLS;

    /** What it says of itself. */
    public ModelCard card() {
        return new ModelCard(name, "1.0.0", "Finds bright and dark cells.", "BSD-2-Clause", "", ModelCard.DETECTION, LabelKind.MULTI_LABEL,
            List.of("bright", "dark"), null, new InputRule(SIZE, SIZE, 1, ChannelRule.GREY,
                new IntensityRule(IntensityRule.Kind.TYPE, 0, 100, new double[0], new double[0]), ResizeRule.STRETCH),
            new ModelSignature("serving_default", "image", new int[] {SIZE, SIZE, 1},
                Map.of(ModelSignature.SCORES, "scores", ModelSignature.BOXES, "boxes")),
            Activation.NONE, 0.5, 1, Double.NaN, Double.NaN, "", Map.of(), Map.of(), new DetectionRule(1, Double.NaN, 0.5, 300, CELL, CELL));
    }

    /** Writes the package to {@code parent/NAME}. */
    public Path write(Path parent) {
        try {
            Path savedModel = Files.createTempDirectory("tiny-detector");
            Files.write(savedModel.resolve("saved_model.pb"), SavedModel.newBuilder().setSavedModelSchemaVersion(1)
                .addMetaGraphs(graph()).build().toByteArray());
            FloatTensor image = testInput();
            PackageWriter.write(new PackageParts(card(), savedModel, null, image, answer(image), "2.16.2"), parent.resolve(name));
            Files.delete(savedModel.resolve("saved_model.pb"));
            Files.delete(savedModel);
            return parent.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MetaGraphDef graph() {
        MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
        meta.getMetaInfoDefBuilder().addTags("serve");
        GraphNodes nodes = new GraphNodes(meta.getGraphDefBuilder());
        nodes.placeholder("image", -1, SIZE, SIZE, 1);
        nodes.constant("zero", 0f);
        nodes.constant("one", 1f);
        nodes.constant("two", 2f);
        nodes.constant("shape", -1, COUNT, 1);
        nodes.scalar("class_axis", 2);
        nodes.constant("cells", cells(), 1, COUNT, 4);
        nodes.averagePool("pooled", "image", CELL);
        nodes.reshape("mean", "pooled", "shape");
        nodes.binary("doubled", "Mul", "mean", "two");
        nodes.binary("above", "Sub", "doubled", "one");
        nodes.binary("below", "Sub", "one", "doubled");
        nodes.binary("bright", "Maximum", "above", "zero");
        nodes.binary("dark", "Maximum", "below", "zero");
        nodes.join("scores", "bright", "dark", "class_axis");
        nodes.binary("nothing", "Mul", "mean", "zero");
        nodes.binary("boxes", "AddV2", "nothing", "cells");
        SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
            .putInputs("image", GraphNodes.info("image", -1, SIZE, SIZE, 1))
            .putOutputs("scores", GraphNodes.info("scores", -1, COUNT, 2)).putOutputs("boxes", GraphNodes.info("boxes", -1, COUNT, 4));
        return meta.putSignatureDef("serving_default", signature.build()).build();
    }

    private static float[] cells() {
        float[] boxes = new float[4 * COUNT];
        for (int i = 0; i < COUNT; i++) {
            int x = i % CELLS * CELL;
            int y = i / CELLS * CELL;
            System.arraycopy(new float[] {x, y, x + CELL, y + CELL}, 0, boxes, 4 * i, 4);
        }
        return boxes;
    }

    /** The same in Java. */
    public static Map<String, FloatTensor> answer(FloatTensor images) {
        int count = images.batch();
        float[] boxes = new float[4 * COUNT * count];
        float[] scores = new float[2 * COUNT * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(cells(), 0, boxes, 4 * COUNT * i, 4 * COUNT);
            float[] sums = new float[COUNT];
            for (int p = 0; p < SIZE * SIZE; p++) {
                sums[p / SIZE / CELL * CELLS + p % SIZE / CELL] += images.values()[i * SIZE * SIZE + p];
            }
            for (int cell = 0; cell < COUNT; cell++) {
                float mean = sums[cell] / (CELL * CELL);
                scores[2 * (COUNT * i + cell)] = Math.max(0, 2 * mean - 1);
                scores[2 * (COUNT * i + cell) + 1] = Math.max(0, 1 - 2 * mean);
            }
        }
        return Map.of("boxes", new FloatTensor(boxes, count, COUNT, 4), "scores", new FloatTensor(scores, count, COUNT, 2));
    }

    /** The left half bright, the lower half of the rest dark. */
    private static FloatTensor testInput() {
        float[] values = new float[SIZE * SIZE];
        for (int p = 0; p < values.length; p++) {
            values[p] = p % SIZE < SIZE / 2 ? 1 : p / SIZE < SIZE / 2 ? 0.5f : 0;
        }
        return new FloatTensor(values, 1, SIZE, SIZE, 1);
    }
}
