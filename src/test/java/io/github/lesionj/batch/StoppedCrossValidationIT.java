package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.FoldRule;
import io.github.lesionj.door.CancelAt;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TrainingImages;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.pipeline.DataRequest;
import io.github.lesionj.pipeline.ModelRequest;
import io.github.lesionj.pipeline.TrainingRequest;
import io.github.lesionj.runtime.TensorFlowService;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A cross-validation that the user stops, and lets go on. */
@ExtendWith(Door.Extension.class)
class StoppedCrossValidationIT {

    @TempDir
    private Path folder;
    private final List<String> said = new ArrayList<>();

    private TrainingJob.Finished validate(Door door, String output, Progress progress) {
        said.clear();
        TrainingRequest request = new TrainingRequest("Train Classifier...", Map.of("folds", "3"),
            new DataRequest(folder.resolve("data").toString(), "0.25", List.of(), "", "none"), TrainingRequests.tinyNetwork(28),
            TrainingRequests.settings(4), 1, new ModelRequest("stopped", "CC0-1.0", ""), new TrainingPlace("cpu", true, folder.resolve(output)));
        return CrossValidationJob.run(request, new FoldRule(3, FoldRule.By.GROUP), door.context().service(TensorFlowService.class).backend(),
            new ImageFiles(), said::add, title -> TrainingListener.NONE, Map.of(), progress);
    }

    @Test
    void stoppedInEveryPhaseItEndsAsAnUndisturbedOne(Door door) throws IOException {
        TrainingImages.write(folder.resolve("data"), 9);
        validate(door, "undisturbed", Progress.NONE);
        Map<String, Integer> phases = new LinkedHashMap<>();
        phases.put("Reading ", 0);
        phases.put("Fold 1 of 3: Training", 0);
        phases.put("Fold 2 of 3: Training", 9);
        phases.put("Fold 3 of 3: Training", 14);
        for (String phase : phases.keySet()) {
            CancelAt cancelling = new CancelAt(phase, phases.get(phase));
            assertThrows(CancelledException.class, () -> validate(door, "out", cancelling), phase);
            assertFalse(Files.exists(folder.resolve("out/model")), phase);
            if (!phase.startsWith("Reading")) {
                assertEquals("cancelled", ResultFiles.ledger(folder.resolve("out")).get("status").getAsString(), phase);
                assertTrue(said.get(said.size() - 1).startsWith("Cancelled; the folds that have ended stay"), said.toString());
            }
            assertEquals(List.of(), ResultFiles.leftovers(folder.resolve("out")), phase);
        }
        assertEquals(ExitStatus.DONE, validate(door, "out", Progress.NONE).status());
        assertTrue(said.stream().anyMatch(line -> line.startsWith("fold 1:") && line.endsWith("it was trained already")), said.toString());
        for (String file : List.of("results.csv", "metrics.json", "model/weights.safetensors")) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("undisturbed").resolve(file)),
                Files.readAllBytes(folder.resolve("out").resolve(file)), file);
        }
    }
}
