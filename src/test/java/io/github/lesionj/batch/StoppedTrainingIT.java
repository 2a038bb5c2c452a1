package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.pipeline.DataRequest;
import io.github.lesionj.pipeline.ModelRequest;
import io.github.lesionj.pipeline.TrainingRequest;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.TensorFlowService;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that the user stops before there is anything to keep. */
@ExtendWith(Door.Extension.class)
class StoppedTrainingIT {

    private static final int EPOCHS = 50;

    @TempDir
    private Path folder;
    private Path output;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void images() {
        output = folder.resolve("out");
        for (int i = 0; i < 6; i++) {
            TestImages.flat(folder.resolve("data/normal/" + i + ".png"), 20 + 5 * i);
            TestImages.flat(folder.resolve("data/lesion/" + i + ".png"), 200 + 5 * i);
        }
    }

    private TrainingRequest request() {
        return new TrainingRequest("Train Classifier...", Map.of("epochs", "50"), new DataRequest(folder.resolve("data").toString(), "",
            List.of(), "", "none"), TrainingRequests.tinyNetwork(16), TrainingRequests.settings(EPOCHS), 1,
            new ModelRequest("stopped-early", "CC0-1.0", ""), new TrainingPlace("cpu", true, output));
    }

    private TrainingJob.Finished train(Door door, BooleanSupplier cancelled) {
        Backend backend = door.context().service(TensorFlowService.class).backend();
        return TrainingJob.run(request(), backend, new ImageFiles(), said::add, TrainingListener.NONE, Map.of(), new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // not of interest
            }

            @Override
            public boolean cancelled() {
                return cancelled.getAsBoolean();
            }
        });
    }

    private long epochs() {
        return said.stream().filter(line -> line.startsWith("epoch ")).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 14})
    void stoppedBeforeAnEpochEndedThereIsNoPackage(int after, Door door) {
        AtomicInteger asked = new AtomicInteger();
        assertThrows(CancelledException.class, () -> train(door, () -> asked.incrementAndGet() > after));
        assertEquals(0, epochs());
        assertFalse(Files.exists(output.resolve("model")));
        if (Files.exists(output)) {
            assertEquals("cancelled", ResultFiles.ledger(output).get("status").getAsString());
        }
        assertEquals(List.of(), ResultFiles.leftovers(output));
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().startsWith("LesionJ")));
    }

    /** Neither its name nor its size tells. */
    @Test
    void anImageThatChangedMeanwhileIsNotGoneOnWith(Door door) throws IOException {
        assertEquals(ExitStatus.FAILED, train(door, () -> epochs() > 0).status());
        Path image = folder.resolve("data/normal/1.png");
        long size = Files.size(image);
        TestImages.flat(image, 251);
        assertEquals(size, Files.size(image));
        String said = assertThrows(UsageException.class, () -> train(door, () -> false)).getMessage();
        assertTrue(said.contains("cannot be resumed") && said.contains("the images or their labels have changed"), said);
        TestImages.flat(image, 25);
        assertEquals(ExitStatus.FAILED, train(door, () -> epochs() > 1).status());
        assertTrue(this.said.contains("Resumed after epoch 1 of 50."), this.said::toString);
    }
}
