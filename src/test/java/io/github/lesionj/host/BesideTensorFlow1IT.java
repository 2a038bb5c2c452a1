package io.github.lesionj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wall holds beside the TensorFlow that every Fiji has on its class path, whichever of the two starts first. */
class BesideTensorFlow1IT {

    private static final Path MODEL = Path.of(System.getProperty("lesionj.shared"), "data/savedmodels/half_plus_two_cpu");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"one,two", "two,one"})
    void bothPredictInOneProcess(String first, String second) throws Exception {
        assumeTrue(Files.isDirectory(MODEL), "skipped: no shared data here");
        try (FijiFolder fiji = new FijiFolder(folder.resolve("Fiji.app"))) {
            ForkedJava.Result result = fiji.java(TwoTensorFlows.class).environment("TF_CPP_MIN_LOG_LEVEL", "3")
                .run(TwoTensorFlows.class.getName(), MODEL.toAbsolutePath().toString(), first, second, first, second);
            assertEquals(0, result.status(), result.error());
            assertEquals((line(first) + line(second)).repeat(2), result.out(), result.error());
        }
    }

    private static String line(String which) {
        return (which.equals("one") ? "1.15.0" : "2.16.2") + " 2.0 3.0 -1.0\n";
    }
}
