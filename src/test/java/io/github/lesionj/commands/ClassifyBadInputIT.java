package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.image.ChannelRule;
import io.github.lesionj.image.IntensityRule;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code Classify Image...} says of bad images, and that nothing else is lost by them. */
@ExtendWith(Door.Extension.class)
class ClassifyBadInputIT {

    @TempDir
    private Path folder;
    private Path input;
    private Path output;

    @BeforeEach
    void folders() throws IOException {
        input = Files.createDirectory(folder.resolve("in"));
        output = folder.resolve("out");
    }

    private Door.Run classify(Door door, String model) {
        Door.Run run = door.run(ClassifyImage.class, "input", input, "model", model, "output", output);
        assertFalse((run.err() + run.out()).contains("\tat "), run.err());
        assertEquals(List.of(), ResultFiles.leftovers(output), "nothing half done stays");
        return run;
    }

    private void bad(String kind) throws IOException {
        Path file = input.resolve("bad.png");
        switch (kind) {
            case "zero bytes" -> Files.write(file, new byte[0]);
            case "text" -> Files.writeString(file, "not a picture\n".repeat(20));
            case "truncated" -> cut(TestImages.noise(file, 3), 1000);
            case "header only" -> cut(TestImages.noise(file, 3), 30);
            case "truncated tiff" -> cut(TestImages.tiff(file, new ImagePlus("", new FloatProcessor(64, 64))), 5000);
            case "NaN", "infinity" -> {
                FloatProcessor pixels = new FloatProcessor(20, 20);
                pixels.set(0.5);
                pixels.setf(7, 9, kind.equals("NaN") ? Float.NaN : Float.NEGATIVE_INFINITY);
                TestImages.tiff(file, new ImagePlus("", pixels));
            }
            case "beyond 1" -> {
                FloatProcessor pixels = new FloatProcessor(20, 20);
                pixels.set(300);
                TestImages.tiff(file, new ImagePlus("", pixels));
            }
            case "two channels" -> TestImages.tiff(file, channels(2));
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private static ImagePlus channels(int count) {
        ImageStack stack = new ImageStack(32, 32);
        for (int c = 0; c < count; c++) {
            stack.addSlice(TestImages.square(32, 32, 0, 0, 100 + c));
        }
        ImagePlus image = new ImagePlus("channels", stack);
        image.setDimensions(count, 1, 1);
        image.setOpenAsHyperStack(true);
        return image;
    }

    private static void cut(Path file, int bytes) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "zero bytes,     open,    empty (0 bytes)",
        "text,           open,    damaged",
        "truncated,      read,    damaged",
        "header only,    read,    damaged",
        "truncated tiff, open,    ",
        "NaN,            prepare, 1 of 400 pixel values are not numbers",
        "infinity,       prepare, 1 of 400 pixel values are not numbers",
        "beyond 1,       prepare, 300",
        "two channels,   open,    2 channels but the model takes 1"})
    void oneBadImageIsListedAndTheOthersAreDone(String kind, String stage, String part, Door door) throws IOException {
        bad(kind);
        TestImages.flat(input.resolve("a.png"), 51);
        TestImages.flat(input.resolve("c.png"), 102);
        Door.Run run = classify(door, "brightness");
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertEquals(List.of("a.png", "c.png"), ResultFiles.rows(output).stream().map(row -> row.get("image")).toList());
        Map<String, String> failure = ResultFiles.failures(output).get(0);
        assertEquals("bad.png", failure.get("image"));
        assertEquals(stage, failure.get("stage"), failure.toString());
        assertTrue(part == null || failure.get("reason").contains(part), failure.toString());
        assertTrue(failure.get("reason").endsWith("."), failure.toString());
        assertTrue(run.err().lines().count() == 1 && run.err().startsWith("bad.png: "), run.err());
        assertEquals("partial 3/0/2/1", ResultFiles.counts(output));
    }

    @Test
    void theSameMoreSimplyForAModelOfThreeChannels(Door door) throws IOException {
        TinyModel.named("brightness-rgb").channels(ChannelRule.RGB, 3).write(door.models());
        bad("two channels");
        Door.Run run = classify(door, "brightness-rgb");
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(ResultFiles.failures(output).get(0).get("reason").contains("2 channels but the model takes 3"), run.err());
        assertEquals("failed 1/0/0/1", ResultFiles.counts(output));
    }

    @Test
    void channelsGoInTogetherWhereTheModelTakesThatMany(Door door) {
        TinyModel.named("brightness-two").channels(ChannelRule.EXACT, 2).write(door.models());
        TestImages.tiff(input.resolve("two.tif"), channels(2));
        assertEquals(ExitStatus.DONE, classify(door, "brightness-two").status());
        // a quarter of each channel is 100 and 101, so the mean is 100.5 / 4 / 255
        assertEquals(100.5 / 4 / 255, Double.parseDouble(ResultFiles.rows(output).get(0).get("p_lesion")), 2e-6);
    }

    @Test
    void aChosenChannel(Door door) {
        TestImages.tiff(input.resolve("two.tif"), channels(2));
        Door.Run run = door.run(ClassifyImage.class, "input", input, "model", "brightness", "output", output, "channel", 2);
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals(101.0 / 4 / 255, Double.parseDouble(ResultFiles.rows(output).get(0).get("p_lesion")), 2e-6);
        assertEquals("2", ResultFiles.rows(output).get(0).get("c"));
    }

    @Test
    void onePixelIsAnImage(Door door) {
        TestImages.png(input.resolve("one.png"), new java.awt.image.BufferedImage(1, 1, java.awt.image.BufferedImage.TYPE_BYTE_GRAY));
        assertEquals(ExitStatus.DONE, classify(door, "brightness").status());
        assertEquals("0", ResultFiles.rows(output).get(0).get("p_lesion"));
    }

    @Test
    void anImageOf30000Squared(Door door) throws IOException {
        largePng(input.resolve("large.png"), 30_000, 51);
        TestImages.flat(input.resolve("small.png"), 102);
        Door.Run run = classify(door, "brightness");
        assertEquals(ExitStatus.DONE, run.status(), run.err());
        assertEquals("0.200000", ResultFiles.rows(output).get(0).get("p_lesion"));
    }

    private static void largePng(Path file, int edge, int value) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        byte[] row = new byte[edge + 1];
        Arrays.fill(row, 1, row.length, (byte) value);
        try (OutputStream deflater = new DeflaterOutputStream(pixels, new java.util.zip.Deflater(1), 1 << 16)) {
            for (int y = 0; y < edge; y++) {
                deflater.write(row);
            }
        }
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            java.nio.ByteBuffer header = java.nio.ByteBuffer.allocate(13).putInt(edge).putInt(edge).put(new byte[] {8, 0, 0, 0, 0});
            chunk(out, "IHDR", header.array());
            chunk(out, "IDAT", pixels.toByteArray());
            chunk(out, "IEND", new byte[0]);
        }
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        out.writeInt(data.length);
        out.writeBytes(type);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }

    @Test
    void anUnreadableFileAmongFifty(Door door) throws IOException {
        for (int i = 0; i < 50; i++) {
            TestImages.flat(input.resolve(String.format(java.util.Locale.ROOT, "%02d.png", i)), 5 * i);
        }
        Files.writeString(input.resolve("25.png"), "nothing");
        Door.Run run = classify(door, "brightness");
        assertEquals(ExitStatus.PARTIAL, run.status());
        List<Map<String, String>> rows = ResultFiles.rows(output);
        assertEquals(49, rows.size());
        assertEquals(5 * 49 / 255.0, Double.parseDouble(rows.get(48).get("p_lesion")), 1e-6);
        assertEquals(List.of("25.png"), ResultFiles.failures(output).stream().map(row -> row.get("image")).toList());
        assertEquals("partial 50/0/49/1", ResultFiles.counts(output));
        assertFalse(Files.exists(output.resolve("overlays/25.png.png")));

        TestImages.flat(input.resolve("25.png"), 125);
        run = classify(door, "brightness");
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("input that is changed: 25.png"), run.sentence());
    }

    @Test
    void failedItemsAreTriedAgain(Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 51);
        Files.writeString(input.resolve("b.png"), "nothing");
        classify(door, "brightness");
        Door.Run again = classify(door, "brightness");
        assertEquals(ExitStatus.PARTIAL, again.status());
        assertEquals("partial 2/1/0/1", ResultFiles.counts(output));
        assertEquals(1, ResultFiles.failures(output).size());
        assertEquals(1, ResultFiles.rows(output).size());
    }

    @Test
    void noFileStaysOpen(Door door) throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "skipped: only Linux tells");
        for (String kind : List.of("truncated", "header only", "truncated tiff", "NaN", "two channels", "text")) {
            bad(kind);
            Files.move(input.resolve("bad.png"), input.resolve(kind + ".png"));
        }
        TestImages.tiff(input.resolve("good.tif"), new ImagePlus("", TestImages.square(64, 64, 0, 0, 9)));
        assertEquals(ExitStatus.PARTIAL, classify(door, "brightness").status());
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            assertEquals(List.of(), handles.map(ClassifyBadInputIT::target).filter(file -> file.startsWith(folder.toString())).toList());
        }
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void everyImageFails(Door door) throws IOException {
        Files.writeString(input.resolve("a.png"), "nothing");
        Files.write(input.resolve("b.png"), new byte[0]);
        Door.Run run = classify(door, "brightness");
        assertEquals(ExitStatus.FAILED, run.status());
        assertEquals(List.of(), ResultFiles.rows(output));
        assertTrue(run.sentence().startsWith("Classify Image...: None of 2 images could be classified; a.png: "), run.sentence());
        assertEquals(2, run.err().lines().count(), run.err());
        assertEquals(2, ResultFiles.failures(output).size());
        assertEquals("failed 2/0/0/2", ResultFiles.counts(output));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "empty folder", "only text", "results"})
    void anInputWithoutImages(String kind, Door door) throws IOException {
        switch (kind) {
            case "nothing" -> input = folder.resolve("not-there");
            case "only text" -> Files.writeString(input.resolve("notes.txt"), "hello");
            case "results" -> Files.writeString(input.resolve("run.json"), "{}");
            default -> { }
        }
        Door.Run run = classify(door, "brightness");
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains(input.toString()), run.sentence());
        assertFalse(Files.exists(output));
    }

    @Test
    void filesNeedAnOutput(Door door) {
        Door.Run run = door.run(ClassifyImage.class, "input", input, "model", "brightness");
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("output="), run.sentence());
    }

    @Test
    void valuesThatFitNoImage(Door door) {
        TinyModel.named("brighter").factor(2).write(door.models());
        TestImages.flat(input.resolve("dark.png"), 51);
        TestImages.flat(input.resolve("light.png"), 204);
        Door.Run run = classify(door, "brighter");
        assertEquals(ExitStatus.PARTIAL, run.status());
        assertEquals("0.400000", ResultFiles.rows(output).get(0).get("p_lesion"));
        assertTrue(ResultFiles.failures(output).get(0).get("reason").contains("-0.6"), run.err());
    }

    @Test
    void valuesAsTheyAreTakeAnyNumber(Door door) throws IOException {
        TinyModel.named("brightness-raw").intensity(IntensityRule.Kind.NONE).factor(0.001).write(door.models());
        bad("beyond 1");
        assertEquals(ExitStatus.DONE, classify(door, "brightness-raw").status());
        assertEquals("0.300000", ResultFiles.rows(output).get(0).get("p_lesion"));
    }
}
