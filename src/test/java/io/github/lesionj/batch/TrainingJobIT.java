package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

/** What becomes of a training whose folder holds an earlier one. */
class TrainingJobIT {

    private static final int EPOCHS = 4;
    private static Context context;

    @TempDir
    private static Path folder;

    private final AtomicBoolean cancel = new AtomicBoolean();
    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void start() {
        context = new Context(TensorFlowService.class);
        TrainingImages.write(folder.resolve("data"), 8);
    }

    @AfterAll
    static void stop() {
        context.dispose();
    }

    private final Progress progress = new Progress() {
        @Override
        public void report(long done, long total, String what) {
            // nobody listens
        }

        @Override
        public boolean cancelled() {
            return cancel.get();
        }
    };

    private TrainingJob.Finished train(String output, boolean resume, TrainingListener listener) {
        cancel.set(false);
        said.clear();
        String data = folder.resolve("data").toString();
        TrainingRequest request = new TrainingRequest("Train Classifier...", Map.of("data", data, "resume", resume ? "auto" : "no"),
            new DataRequest(data, "0.25", List.of(), "", "light"), TrainingRequests.tinyNetwork(28), TrainingRequests.settings(EPOCHS), 3,
            new ModelRequest("tiny-lesion", "CC0-1.0", ""), new TrainingPlace("cpu", resume, folder.resolve(output)));
        return TrainingJob.run(request, context.service(TensorFlowService.class).backend(), new ImageFiles(), said::add, listener,
            Map.of(), progress);
    }

    private byte[] weights(String output) throws IOException {
        return Files.readAllBytes(folder.resolve(output).resolve("training/weights.safetensors"));
    }

    private boolean hasSaid(String beginning) {
        return said.stream().anyMatch(line -> line.startsWith(beginning));
    }

    @Test
    void cancelledGoesOnAndFinishedIsTakenUnlessToldOtherwise() throws IOException {
        assertEquals(ExitStatus.DONE, train("whole", true, TrainingListener.NONE).status());
        assertFalse(hasSaid("Resumed"));

        assertEquals(ExitStatus.FAILED, train("a", true, epoch -> cancel.set(epoch.epoch() == 2)).status());
        assertTrue(hasSaid("Cancelled; the best epoch until then was kept."), said::toString);
        assertTrue(Files.exists(folder.resolve("a/model/rdf.yaml")));

        assertEquals(ExitStatus.DONE, train("a", true, TrainingListener.NONE).status());
        assertTrue(hasSaid("Resumed after epoch 2 of 4."), said::toString);
        assertTrue(hasSaid("epoch 3/4") && !hasSaid("epoch 2/4"), said::toString);
        assertArrayEquals(weights("whole"), weights("a"));
        assertEquals(Files.readString(folder.resolve("whole/results.csv")), Files.readString(folder.resolve("a/results.csv")));

        assertEquals(ExitStatus.DONE, train("a", true, TrainingListener.NONE).status());
        assertTrue(hasSaid("This training is finished already") && !hasSaid("epoch"), said::toString);

        assertEquals(ExitStatus.DONE, train("a", false, TrainingListener.NONE).status());
        assertTrue(hasSaid("epoch 1/4") && !hasSaid("Resumed"), said::toString);
        assertArrayEquals(weights("whole"), weights("a"));
    }

    @Test
    void aDamagedCheckpointIsRefusedAndLeftBehindByResumeNo() throws IOException {
        train("b", true, epoch -> cancel.set(epoch.epoch() == 1));
        Files.writeString(folder.resolve("b/training/checkpoint/state.json"), "{");
        UsageException refusal = assertThrows(UsageException.class, () -> train("b", true, TrainingListener.NONE));
        assertTrue(refusal.getMessage().contains("is damaged"), refusal.getMessage());
        assertEquals(ExitStatus.DONE, train("b", false, TrainingListener.NONE).status());
    }

    /** Another picture in a file of the same size: neither names, labels nor sizes tell. */
    @Test
    void anImageThatChangedSinceIsRefused() throws IOException {
        Path image = folder.resolve("data/normal/3.png");
        byte[] before = Files.readAllBytes(image);
        byte[] other = Files.readAllBytes(TrainingImages.write(folder.resolve("others"), 16).resolve("normal/15.png"));
        try {
            // sizes of noise differ by a few bytes, which may follow the end of a PNG
            int size = Math.max(before.length, other.length);
            Files.write(image, Arrays.copyOf(before, size));
            String output = "d";
            train(output, true, epoch -> cancel.set(epoch.epoch() == 1));
            Files.write(image, Arrays.copyOf(other, size));
            UsageException refusal = assertThrows(UsageException.class, () -> train(output, true, TrainingListener.NONE));
            assertTrue(refusal.getMessage().contains("the images or their labels have changed"), refusal.getMessage());
            UsageException sized = assertThrows(UsageException.class, () -> {
                Files.write(image, Arrays.copyOf(other, size + 10));
                train(output, true, TrainingListener.NONE);
            });
            assertTrue(sized.getMessage().contains("that is changed: ") || sized.getMessage().contains("that are changed: "), sized.getMessage());

            Files.write(image, Arrays.copyOf(before, size));
            train("e", true, TrainingListener.NONE);
            Files.write(image, Arrays.copyOf(other, size));
            UsageException finished = assertThrows(UsageException.class, () -> train("e", true, TrainingListener.NONE));
            assertTrue(finished.getMessage().contains("trained already") && finished.getMessage().contains("the images or their labels have changed"),
                finished.getMessage());
            Files.write(image, Arrays.copyOf(before, size));
            train("e", true, TrainingListener.NONE);
            assertTrue(hasSaid("This training is finished already"), said::toString);
        } finally {
            Files.write(image, before);
        }
    }
}
