package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 20 X-rays resized here and by Pillow in mode F (src/test/python/resize_reference.py). PNG are decoded without loss, so
 * there the reference's own rounding (1/256 grey level) is the tolerance; JPEG decoders differ, which is measured apart.
 */
class ResizeReferenceTest {

    private static final double GREY_LEVEL = 1.0 / 255;

    private Path data;

    @BeforeEach
    void findData() {
        data = Path.of(System.getProperty("lesionj.shared", "missing"), "data");
        Assumptions.assumeTrue(Files.isDirectory(data.resolve("chest-xray")), "the shared data is not here");
    }

    @Test
    void agreesWithPillowPixelByPixel() throws IOException {
        double largestPng = 0;
        double largestJpeg = 0;
        double largestMean = 0;
        String where = "";
        try (DataInputStream reference = new DataInputStream(resource("resize.bin"))) {
            for (List<String> row : table("resize.csv")) {
                float[] values = resized(row);
                assertEquals(Double.parseDouble(row.get(3)), mean(values) * 255, 0.05, row.toString());
                assertEquals(Double.parseDouble(row.get(4)), ramp(values) * 255, 0.05, row.toString());
                if (!row.get(5).equals("1")) {
                    continue;
                }
                double sum = 0;
                for (float value : values) {
                    double difference = Math.abs(value - reference.readUnsignedShort() / 256.0 / 255);
                    sum += difference;
                    if (row.get(0).endsWith(".png")) {
                        largestPng = Math.max(largestPng, difference);
                    } else if (difference > largestJpeg) {
                        largestJpeg = difference;
                        where = row.toString();
                    }
                }
                largestMean = Math.max(largestMean, sum / values.length);
            }
            assertEquals(-1, reference.read(), "the whole reference was compared");
        }
        System.out.printf(Locale.ROOT, "resize against Pillow: largest %.2e on PNG, %.2e on JPEG (%s), largest mean %.2e%n",
            largestPng, largestJpeg, where, largestMean);
        assertTrue(largestMean <= GREY_LEVEL, "largest mean difference " + largestMean);
        assertTrue(largestPng < 1e-5, "largest difference on PNG " + largestPng);
        assertTrue(largestJpeg < GREY_LEVEL, "largest difference on JPEG " + largestJpeg);
    }

    @Test
    void decodesAsPillowDoes() throws IOException {
        for (List<String> row : table("decode.csv")) {
            SourceImage image = image(row.get(0));
            double sum = sum(image);
            double samples = (double) image.width() * image.height() * image.channels();
            double tolerance = row.get(0).endsWith(".png") ? 0 : 0.05;
            assertEquals(Double.parseDouble(row.get(1)) / samples, sum / samples, tolerance, row.get(0));
        }
    }

    private static double sum(SourceImage image) {
        double sum = 0;
        var cursor = image.pixels().cursor();
        while (cursor.hasNext()) {
            sum += cursor.next().getRealDouble();
        }
        return sum;
    }

    private final Map<String, SourceImage> opened = new HashMap<>();

    private SourceImage image(String path) {
        return opened.computeIfAbsent(path, name -> {
            try (ImageSource source = new ImageFiles().open(data.resolve(name))) {
                return source.image(Position.FIRST);
            }
        });
    }

    // Without padding, as the reference is.
    private float[] resized(List<String> row) {
        SourceImage image = image(row.get(0));
        int size = Integer.parseInt(row.get(2));
        ResizeRule resize = ResizeRule.valueOf(row.get(1).toUpperCase(Locale.ROOT));
        InputRule rule = new InputRule(size, size, 1, ChannelRule.GREY, IntensityRule.byType(), resize);
        View view = View.of(image.width(), image.height(), rule);
        float[] all = Preprocessor.apply(image, rule).values();
        float[] seen = new float[view.across() * view.down()];
        for (int y = 0; y < view.down(); y++) {
            System.arraycopy(all, (view.top() + y) * size + view.left(), seen, y * view.across(), view.across());
        }
        return seen;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double ramp(float[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * (i + 1.0);
        }
        return sum / (values.length * (values.length + 1.0) / 2);
    }

    private static List<List<String>> table(String name) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(resource(name), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(line -> List.of(line.split(","))).toList();
        }
    }

    private static InputStream resource(String name) {
        return ResizeReferenceTest.class.getResourceAsStream("/image/" + name);
    }
}
