package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lesionj.core.Progress;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a stopped training share: a tiny one whose items are never read alike twice, and its end at an epoch. */
abstract class KilledTraining {

    static final int EPOCHS = 4;
    static final int STEPS_PER_EPOCH = 3;

    @TempDir
    Path folder;

    /** Ends a trainer as a kill would: nothing of it runs afterwards. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Twenty items; each reading of a training item is another, as augmentation makes it. */
    static class Noisy extends ForwardingData {

        Noisy() {
            super(ArrayData.squares(20, 16, 2));
        }

        @Override
        public void readTraining(int index, long seed, float[] destination, int offset) {
            super.readTraining(index, seed, destination, offset);
            Random random = new Random(seed);
            for (int i = 0; i < 256; i++) {
                destination[offset + i] += 0.1f * random.nextFloat();
            }
        }
    }

    final TrainingPlan plan(String name) {
        return Plans.resuming(Plans.tiny(folder.resolve(name), EPOCHS));
    }

    final Path checkpoint(String name) {
        return folder.resolve(name).resolve("checkpoint");
    }

    static TrainingOutcome train(TrainingPlan plan, TrainingData data) {
        return Plans.trainer(plan, data).train(TrainingListener.NONE, Progress.NONE);
    }

    static void trainAndKill(TrainingPlan plan, int epoch) {
        assertThrows(Killed.class, () -> Plans.trainer(plan, new Noisy()).train(report -> {
            if (report.epoch() == epoch) {
                throw new Killed();
            }
        }, Progress.NONE));
    }
}
