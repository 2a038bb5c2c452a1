package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Values of DICOM files beside pydicom's (src/test/python/dicom_reference.py): exact, but for one lossy JPEG 2000. */
class DicomReferenceTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/image/dicom.csv", numLinesToSkip = 1)
    void valuesAreThoseThatTheStandardGives(String path, int frames, int channels, int width, int height, double min, double max,
            double mean, double at1000) {
        Path file = Path.of(System.getProperty("lesionj.shared", "missing"), "data", "volumes", path);
        Assumptions.assumeTrue(Files.exists(file), "the shared data is not here");
        try (ImageSource source = new ImageFiles().open(file)) {
            assertEquals(frames, source.positions(1, 0).size());
            SourceImage image = source.image(Position.FIRST);
            assertEquals(channels, image.channels());
            assertEquals(width, image.width());
            assertEquals(height, image.height());
            float[] values = Images.values(image);
            boolean lossy = path.contains("J2KI");
            assertEquals(mean, mean(values), lossy ? 0.5 : 1e-3);
            assertEquals(at1000, values[1000], lossy ? 10 : 0);
            assertEquals(min, min(values), 0);
            assertEquals(max, -min(negative(values)), 0);
            assertFalse(image.remarks().isEmpty() && (min < 0 || path.contains("RG3")), "a changed value is said");
        }
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double min(float[] values) {
        double min = values[0];
        for (float value : values) {
            min = Math.min(min, value);
        }
        return min;
    }

    private static float[] negative(float[] values) {
        float[] negative = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            negative[i] = -values[i];
        }
        return negative;
    }
}
