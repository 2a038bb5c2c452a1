package io.github.lesionj.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scijava.Context;

/** The engine through the wall, from a bare SciJava context. */
class TensorFlowServiceIT {

    private static Context context;
    private static Backend backend;

    @BeforeAll
    static void start() {
        context = new Context(TensorFlowService.class);
        backend = context.service(TensorFlowService.class).backend();
    }

    @AfterAll
    static void stop() {
        context.dispose();
    }

    private static Path savedModel(String name) {
        Path folder = Path.of(System.getProperty("lesionj.shared"), "data", "savedmodels", name);
        assumeTrue(Files.isDirectory(folder), "skipped: no shared data here");
        return folder;
    }

    @Test
    void backendIsBehindTheWallAndItsInterfaceInFront() {
        assertFalse(backend.getClass().getClassLoader() == Backend.class.getClassLoader());
        assertEquals("lesionj-wall", backend.getClass().getClassLoader().getName());
    }

    @Test
    void reportNamesVersionsAndDevices() {
        EngineReport report = backend.report();
        assertEquals("2.16.2", report.tensorFlow());
        assertTrue(report.devices().contains("cpu"), report.devices().toString());
        assertTrue(report.selfTestMillis() < 1000, report.toString());
    }

    @Test
    void halfPlusTwoGivesWhatItsNameSays() {
        try (Predictor predictor = backend.open(savedModel("half_plus_two_cpu"), "serving_default", "cpu")) {
            FloatTensor y = predictor.predict(Map.of("x", new FloatTensor(new float[] {0, 2, -6}, 3, 1))).get("y");
            assertArrayEquals(new float[] {2, 3, -1}, y.values());
            assertArrayEquals(new int[] {3, 1}, y.shape());
            assertEquals("cpu", predictor.device());
        }
    }

    @Test
    void integersAreFedAsIntegers() {
        try (Predictor predictor = backend.open(savedModel("tfjs_times_two_int"), "serving_default", "cpu")) {
            FloatTensor y = predictor.predict(Map.of("x", new FloatTensor(new float[] {21}))).get("output_0");
            assertArrayEquals(new float[] {42}, y.values());
        }
    }

    @Test
    void twoInputsAreFedByName() {
        try (Predictor predictor = backend.open(savedModel("model_matmul"), "serving_default", "cpu")) {
            FloatTensor a = new FloatTensor(new float[] {1, 2, 3, 4}, 1, 2, 2);
            FloatTensor b = new FloatTensor(new float[] {0, 1, 1, 0}, 1, 2, 2);
            assertArrayEquals(new float[] {2, 1, 4, 3}, predictor.predict(Map.of("a", a, "b", b)).get("c").values());
        }
    }

    @Test
    void aGpuThatIsNotThereIsAnErrorAndNotTheProcessor() {
        assumeTrue(backend.report().devices().size() == 1, "skipped: this machine has a GPU");
        LesionJException error = assertThrows(LesionJException.class,
            () -> backend.open(savedModel("half_plus_two_cpu"), "serving_default", "gpu"));
        assertTrue(error.getMessage().contains("device=gpu cannot be used"), error.getMessage());
        assertEquals(1, error.exitStatus().code());
    }

    @Test
    void unknownDeviceAndSignatureAreWrongUse() {
        assertThrows(UsageException.class, () -> backend.open(savedModel("half_plus_two_cpu"), "serving_default", "tpu"));
        assertThrows(UsageException.class, () -> backend.open(savedModel("half_plus_two_cpu"), "no_such", "cpu"));
    }
}
