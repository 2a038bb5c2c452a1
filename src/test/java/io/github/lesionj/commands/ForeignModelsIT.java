package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.modelpackage.HandWrittenCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SavedModels that others made: those that see images classify by a card, the others are refused by their input. */
@ExtendWith(Door.Extension.class)
class ForeignModelsIT {

    @TempDir
    private Path folder;
    private Path savedModels;

    @BeforeEach
    void shared() {
        savedModels = Path.of(System.getProperty("lesionj.shared"), "data", "savedmodels");
        assumeTrue(Files.isDirectory(savedModels), "skipped: no shared data here");
        TestImages.noise(folder.resolve("in/a.png"), 1);
        TestImages.flat(folder.resolve("in/b.png"), 40);
    }

    private Door.Run classify(Door door, Path model) {
        return door.run(ClassifyImage.class, "input", folder.resolve("in"), "model", model, "output", folder.resolve("out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar-cnn", "keras-mnist-cnn", "mnist-regression"})
    void imageModelsClassify(String name, Door door) throws IOException {
        Path model = HandWrittenCards.write(folder, name, savedModels.resolve(HandWrittenCards.SAVED_MODELS.get(name)));
        Door.Run run = classify(door, model);
        assertEquals(ExitStatus.DONE, run.status(), run.sentence() + run.err());
        assertEquals(2, ResultFiles.rows(folder.resolve("out")).size());
        for (Map<String, String> row : ResultFiles.rows(folder.resolve("out"))) {
            double sum = row.entrySet().stream().filter(entry -> entry.getKey().startsWith("p_"))
                .mapToDouble(entry -> Double.parseDouble(entry.getValue())).sum();
            assertEquals(1, sum, 1e-5, row.toString());
        }
    }

    /** Ten sigmoids are no probabilities of ten classes of which one is true; each image says so, and none is guessed. */
    @Test
    void scoresThatDoNotSumToOneAreNoResult(Door door) throws IOException {
        Path model = HandWrittenCards.write(folder, "cifar-cnn", savedModels.resolve("cifar_saved_model"));
        Path card = model.resolve("rdf.yaml");
        Files.writeString(card, Files.readString(card).replace("activation: softmax", "activation: sigmoid"));
        Door.Run run = classify(door, model);
        assertEquals(ExitStatus.FAILED, run.status(), run.sentence());
        assertEquals(0, ResultFiles.rows(folder.resolve("out")).size());
        for (Map<String, String> failure : ResultFiles.failures(folder.resolve("out"))) {
            assertTrue(failure.get("reason").matches("The model's probabilities for [ab]\\.png sum to \\d\\.\\d{4} where one of 10 classes is true.*"),
                failure.toString());
        }
        assertEquals(2, ResultFiles.failures(folder.resolve("out")).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "half_plus_two_cpu                    | x (float [any, 1])",
        "half_plus_two_tf2_cpu                | x (float [1])",
        "model_matmul                         | a (float [any, 2, 2]) and b (float [any, 2, 2])",
        "tfjava_saved_model_using_python      | a (float of any shape) and b (float of any shape)",
        "tfjs_times_three_float               | x (float [])",
        "tfjs_times_two_int                   | x (int32 [])",
        "tfjs_module_with_multiple_signatures | timestwo with the input x (float [])",
        "deephashing_malaria                  | input_1 (float [any, 512])",
    })
    void othersAreRefusedByTheirInput(String name, String inputs, Door door) throws IOException {
        Door.Run run = classify(door, savedModels.resolve(name));
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("without a card") && run.sentence().contains(inputs), run.sentence());
        assertFalse(Files.exists(folder.resolve("out")));

        Path model = HandWrittenCards.write(folder, "keras-mnist-cnn", savedModels.resolve(name));
        run = classify(door, model);
        assertEquals(ExitStatus.USAGE, run.status(), run.sentence());
        assertTrue(run.sentence().contains(inputs.substring(inputs.indexOf("input x") < 0 ? 0 : inputs.indexOf("x ("))), run.sentence());
        assertFalse(Files.exists(folder.resolve("out")), "nothing was made");
    }
}
