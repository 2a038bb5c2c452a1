package io.github.lesionj.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.Door;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SavedModels of TensorFlow 1.9 to 2.14 give what their makers say (the column {@code expected} of the data's index). */
@ExtendWith(Door.Extension.class)
class SavedModelsIT {

    private Backend backend;

    @BeforeEach
    void start(Door door) {
        backend = door.context().service(TensorFlowService.class).backend();
    }

    private Map<String, FloatTensor> run(String model, String signature, Map<String, FloatTensor> inputs) {
        Path folder = Path.of(System.getProperty("lesionj.shared"), "data", "savedmodels", model);
        assumeTrue(Files.isDirectory(folder), "skipped: no shared data here");
        try (Predictor predictor = backend.open(folder, signature, "cpu")) {
            return predictor.predict(inputs);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "half_plus_two_cpu,                    serving_default,  x,  y,        6, 5",
        "half_plus_two_cpu,                    regress_x2_to_y3, inputs, outputs, 6, 6",
        "half_plus_two_tf2_cpu,                serving_default,  x,  y,        6, 5",
        "tfjs_times_three_float,               serving_default,  x,  output_0, 5, 15",
        "tfjs_times_two_int,                   serving_default,  x,  output_0, 5, 10",
        "tfjs_module_with_multiple_signatures, timestwo,         x,  output_0, 5, 10",
    })
    void oneNumberInOneOut(String model, String signature, String input, String output, float given, float expected) {
        int[] shape = signature.equals("serving_default") && model.equals("half_plus_two_cpu") || signature.startsWith("regress")
            ? new int[] {1, 1} : model.startsWith("half") ? new int[] {1} : new int[0];
        FloatTensor found = run(model, signature, Map.of(input, new FloatTensor(new float[] {given}, shape))).get(output);
        assertArrayEquals(new float[] {expected}, found.values());
    }

    @Test
    void anInputOfAnotherNameIsRefusedAndDoesNotEndTheProcess() {
        FloatTensor one = new FloatTensor(new float[] {6}, 1, 1);
        for (Map<String, FloatTensor> wrong : List.of(Map.of("X", one), Map.<String, FloatTensor>of(), Map.of("x", one, "y", one))) {
            UsageException refusal = assertThrows(UsageException.class, () -> run("half_plus_two_cpu", "serving_default", wrong));
            assertTrue(refusal.getMessage().contains("takes the inputs x and was given"), refusal.getMessage());
        }
    }

    @Test
    void twoMatricesAreMultiplied() {
        FloatTensor a = new FloatTensor(new float[] {1, 2, 3, 4}, 1, 2, 2);
        FloatTensor b = new FloatTensor(new float[] {5, 6, 7, 8}, 1, 2, 2);
        assertArrayEquals(new float[] {19, 22, 43, 50}, run("model_matmul", "serving_default", Map.of("a", a, "b", b)).get("c").values());
    }

    @Test
    void aNamedSignatureAdds() {
        Map<String, FloatTensor> inputs = Map.of("a", new FloatTensor(new float[] {2}), "b", new FloatTensor(new float[] {40}));
        assertArrayEquals(new float[] {42}, run("tfjava_saved_model_using_python", "add", inputs).get("output_0").values());
    }

    @Test
    void twoOutputsOfSixteenValues() {
        Map<String, FloatTensor> found = run("deephashing_malaria", "serving_default", Map.of("input_1", new FloatTensor(new float[1024], 2, 512)));
        assertArrayEquals(new int[] {2, 16}, found.get("output_1").shape());
        assertArrayEquals(new int[] {2, 16}, found.get("output_2").shape());
    }

    @ParameterizedTest
    @CsvSource({"keras_simple_model_from_auto_compile, input_1, softmax", "mnist_lr_model, Features, Prediction"})
    void probabilitiesSumToOne(String model, String input, String output) {
        float[] values = new float[784];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 28 / 28f;
        }
        int[] shape = model.startsWith("keras") ? new int[] {1, 28, 28, 1} : new int[] {1, 784};
        double sum = 0;
        for (float probability : run(model, "serving_default", Map.of(input, new FloatTensor(values, shape))).get(output).values()) {
            assertTrue(probability >= 0);
            sum += probability;
        }
        assertEquals(1, sum, 1e-5);
    }

    @Test
    void tenLogitsOfAColourImage() {
        FloatTensor found = run("cifar_saved_model", "serving_default", Map.of("Input", new FloatTensor(new float[32 * 32 * 3], 1, 32, 32, 3))).get("Output");
        assertArrayEquals(new int[] {1, 10}, found.shape());
    }
}
