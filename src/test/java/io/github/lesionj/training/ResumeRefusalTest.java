package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.ExplainableCnn;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint that is damaged, or of another training, is refused in a sentence. */
class ResumeRefusalTest extends KilledTraining {

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "null", "{}", "[1]", "{\"identity\": {}, \"step\": 3, \"history\": [], \"files\": {}}"})
    void aStateThatCannotBeReadIsSaidInASentence(String text) throws IOException {
        Files.createDirectories(checkpoint("a"));
        Files.writeString(checkpoint("a").resolve("state.json"), text);
        assertDamaged("a");
    }

    private void assertDamaged(String name) {
        UsageException refusal = assertThrows(UsageException.class, () -> train(plan(name), new Noisy()));
        assertTrue(refusal.getMessage().contains("is damaged") && refusal.getMessage().contains("resume=no"), refusal.getMessage());
    }

    @Test
    void weightsThatAreMissingOrChangedAreSaidInASentence() throws IOException {
        trainAndKill(plan("a"), 1);
        Path moments = checkpoint("a").resolve("moments-3.safetensors");
        byte[] bytes = Files.readAllBytes(moments);
        bytes[bytes.length - 5] ^= 1;
        Files.write(moments, bytes);
        assertDamaged("a");
        Files.delete(moments);
        assertDamaged("a");
    }

    private void assertRefused(String difference, TrainingPlan plan, TrainingData data, SessionSettings settings, String oneDnn) {
        UsageException refusal = assertThrows(UsageException.class, () -> new Trainer(new ExplainableCnn(), plan, data, settings, oneDnn)
            .train(TrainingListener.NONE, Progress.NONE));
        assertTrue(refusal.getMessage().contains(": " + difference + ". Run it as before"), refusal.getMessage());
    }

    @Test
    void whatWouldEndAtOtherWeightsIsRefused() throws IOException {
        trainAndKill(plan("a"), 1);
        byte[] state = Files.readAllBytes(checkpoint("a").resolve("state.json"));
        SessionSettings same = SessionSettings.cpu(1);
        assertRefused("threads was 1 and is 3", plan("a"), new Noisy(), SessionSettings.cpu(3), "default");
        assertRefused("oneDNN was default and is off", plan("a"), new Noisy(), same, "off");
        assertRefused("device was cpu and is gpu:1; threads was 1 and is 2", plan("a"), new Noisy(), new SessionSettings(1, 2), "default");
        assertRefused("epochs was 4 and is 5", Plans.resuming(Plans.tiny(folder.resolve("a"), 5)), new Noisy(), same, "default");
        assertRefused("learning_rate was 0.01 and is 0.02", Plans.resuming(Plans.of(folder.resolve("a"), 16, 2, LabelKind.BINARY, EPOCHS,
            0.02, Plans.TINY)), new Noisy(), same, "default");
        TrainingPlan other = plan("a");
        assertRefused("seed was 7 and is 8", new TrainingPlan(other.network(), other.settings(), 8, other.place()), new Noisy(), same, "default");
        assertRefused("ema was 0.0 and is 0.9; momentum was 0.9 and is 0.5; optimizer was adamw and is sgd", Plans.with(other,
            new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.5, 0.01, 1, 0.9)), new Noisy(), same, "default");
        assertRefused("augment was none and is flip_x", plan("a"), new Noisy() {
            // changes few images, so that no probe of some pixels sees it
            @Override
            public String augmentation() {
                return "flip_x";
            }
        }, same, "default");
        String changed = "the images or their labels have changed";
        assertRefused(changed, plan("a"), ArrayData.squares(20, 16, 2), same, "default");
        assertRefused(changed, plan("a"), new Noisy() {
            @Override
            public String trainingName(int index) {
                return index == 7 ? "other.png" : super.trainingName(index);
            }
        }, same, "default");
        assertRefused(changed, plan("a"), new Noisy() {
            @Override
            public float[] validationTarget(int index) {
                return index == 7 ? new float[] {1, 0} : super.validationTarget(index);
            }
        }, same, "default");
        assertRefused(changed, plan("a"), new Noisy() {
            @Override
            public String checksum() {
                return "a pixel of image 7 was another";
            }
        }, same, "default");
        assertArrayEquals(state, Files.readAllBytes(checkpoint("a").resolve("state.json")));
        assertEquals(EPOCHS, train(plan("a"), new Noisy()).history().size());
    }

    @Test
    void anotherTensorFlowIsRefused() throws IOException {
        trainAndKill(plan("a"), 1);
        Path state = checkpoint("a").resolve("state.json");
        Files.writeString(state, Files.readString(state).replaceAll("(\"TensorFlow\": \")[^\"]*", "$12.1.0"));
        assertRefused("TensorFlow was 2.1.0 and is 2.16.2", plan("a"), new Noisy(), SessionSettings.cpu(1), "default");
    }
}
