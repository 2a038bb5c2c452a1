package io.github.lesionj.cli;

import io.github.lesionj.batch.BatchInputs;
import io.github.lesionj.batch.DetectImages;
import io.github.lesionj.batch.DetectionDisplay;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.phantom.Phantom;
import io.github.lesionj.dataset.phantom.PhantomGenerator;
import io.github.lesionj.geometry.Boxes;
import io.github.lesionj.geometry.NonMaximumSuppression;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.results.DetectionSet;
import io.github.lesionj.runtime.Backend;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** {@code Detect Lesions...} beside its network on inputs that lie ready, over a folder and in one very large image. */
final class DetectBench {

    private static final int BATCH = 8;
    private static final int ROUNDS = 3;
    private static final int EDGE = 20_000;
    private static final int PHANTOM = 512;

    private DetectBench() {
    }

    /** The whole of the command over a folder, nothing written, in turn with the network alone. */
    static Map<String, Object> folder(Backend backend, String model, String folder, int count) {
        ModelPackage opened = ModelLibrary.single(model, backend);
        BatchInputs all = BatchInputs.of(folder, new ImageFiles(), opened.card().classNames());
        BatchInputs inputs = new BatchInputs(all.root(), all.inputs().subList(0, Math.min(count, all.inputs().size())), List.of());
        int images = inputs.inputs().size();
        List<Double> raw = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        PipelineBench.raw(backend, opened, 2 * BATCH, BATCH);
        for (int round = 0; round < ROUNDS; round++) {
            raw.add(images / PipelineBench.raw(backend, opened, images, BATCH));
            whole.add(images / seconds(backend, opened, inputs));
        }
        Map<String, Object> line = line("detect folder", opened);
        line.put("images", images);
        line.put("raw_images_per_second", raw);
        line.put("command_images_per_second", whole);
        line.put("ratio", PipelineBench.median(whole) / PipelineBench.median(raw));
        return line;
    }

    private static double seconds(Backend backend, ModelPackage model, BatchInputs inputs) {
        long start = System.nanoTime();
        run(backend, model, inputs);
        return (System.nanoTime() - start) / 1e9;
    }

    private static DetectionSet run(Backend backend, ModelPackage model, BatchInputs inputs) {
        return DetectImages.run(new DetectImages.Request("bench", Map.of(), inputs, model, DetectionSettings.of(model.card()), "auto", 0, null,
            Map.of()), backend, DetectionDisplay.NONE, Progress.NONE);
    }

    /** One image of 20,000 x 20,000 px of 8 bits, tiled, beside as many tiles for the network alone. */
    static Map<String, Object> large(Backend backend, String model, Path file) {
        ModelPackage opened = ModelLibrary.single(model, backend);
        if (!Files.exists(file)) {
            write(file);
        }
        BatchInputs input = BatchInputs.of(file.toString(), new ImageFiles(), opened.card().classNames());
        long start = System.nanoTime();
        DetectionSet found = run(backend, opened, input);
        double seconds = (System.nanoTime() - start) / 1e9;
        long pixels = (long) opened.card().input().width() * opened.card().input().height();
        int tiles = (int) ((long) EDGE * EDGE / pixels);
        Map<String, Object> line = line("detect large image", opened);
        line.put("edge", EDGE);
        line.put("heap_mb", Runtime.getRuntime().maxMemory() >> 20);
        line.put("seconds", seconds);
        line.put("boxes", found.boxes());
        line.put("megapixels_per_second", EDGE / 1e3 * EDGE / 1e3 / seconds);
        line.put("raw_megapixels_per_second", EDGE / 1e3 * EDGE / 1e3 / PipelineBench.raw(backend, opened, tiles, BATCH));
        return line;
    }

    /** A TIFF as ImageJ writes it, row by row: one phantom beside the other. */
    private static void write(Path file) {
        Phantom phantom = new PhantomGenerator(PHANTOM, PHANTOM).draw(1);
        byte[] row = new byte[EDGE];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(header());
            for (int y = 0; y < EDGE; y++) {
                for (int x = 0; x < EDGE; x++) {
                    row[x] = (byte) phantom.pixel(x % PHANTOM, y % PHANTOM);
                }
                out.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a grey 8-bit TIFF in one strip, little-endian. */
    private static byte[] header() {
        byte[] description = "ImageJ=1.54p\n\0".getBytes(StandardCharsets.US_ASCII);
        int[][] tags = {{256, 4, 1, EDGE}, {257, 4, 1, EDGE}, {258, 3, 1, 8}, {259, 3, 1, 1}, {262, 3, 1, 1}, {270, 2, description.length, 0},
            {273, 4, 1, 0}, {277, 3, 1, 1}, {278, 4, 1, EDGE}, {279, 4, 1, EDGE * EDGE}};
        int text = 8 + 2 + 12 * tags.length + 4;
        ByteBuffer header = ByteBuffer.allocate(text + description.length).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            int value = tag[0] == 270 ? text : tag[0] == 273 ? header.capacity() : tag[3];
            header.putShort((short) tag[0]).putShort((short) tag[1]).putInt(tag[2]).putInt(value);
        }
        return header.putInt(0).put(description).array();
    }

    /** Non-maximum suppression of 100,000 boxes over a field of 20,000 px, best of ten. */
    static Map<String, Object> suppression() {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[400_000];
        float[] scores = new float[100_000];
        for (int i = 0; i < scores.length; i++) {
            float x = (float) (random.nextDouble() * EDGE);
            float y = (float) (random.nextDouble() * EDGE);
            values[4 * i] = x;
            values[4 * i + 1] = y;
            values[4 * i + 2] = x + 8 + 32 * (float) random.nextDouble();
            values[4 * i + 3] = y + 8 + 32 * (float) random.nextDouble();
            scores[i] = (float) random.nextDouble();
        }
        Boxes boxes = new Boxes(values);
        List<Double> milliseconds = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            new NonMaximumSuppression(0.5, scores.length).keep(boxes, scores);
            milliseconds.add((System.nanoTime() - start) / 1e6);
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", "non-maximum suppression");
        line.put("boxes", scores.length);
        line.put("milliseconds", milliseconds);
        return line;
    }

    private static Map<String, Object> line(String name, ModelPackage model) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", name);
        line.put("model", model.card().name());
        return line;
    }
}
