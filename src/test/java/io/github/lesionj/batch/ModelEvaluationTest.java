package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.CancelAt;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An evaluation that is broken off goes on and gives the figures of one that was not. */
class ModelEvaluationTest {

    private static final int IMAGES = 30;
    private static final Consumer<FloatTensor> WELL = batch -> { };
    private static final ModelCard CARD = TinyModel.named("brightness").card();

    @TempDir
    private Path folder;
    private Path table;

    @BeforeEach
    void draw() throws IOException {
        StringBuilder rows = new StringBuilder("path,label\n");
        for (int i = 0; i < IMAGES; i++) {
            TestImages.flat(folder.resolve("in/" + i + ".png"), 8 * i + 3);
            rows.append(i).append(".png,").append(i % 3 == 0 ? "normal" : "lesion").append('\n');
        }
        table = Files.writeString(folder.resolve("in/set.csv"), rows.toString());
    }

    private ModelEvaluation.Finished run(String output, Consumer<FloatTensor> before, Progress progress) {
        ModelPackage model = new ModelPackage(folder, CARD, folder, "0123456789abcdef");
        EvaluationRequest request = new EvaluationRequest("Evaluate Model...", Map.of("seed", "1"),
            EvaluationData.open(table.toString(), "", CARD, new ImageFiles(null, null)), List.of(model), "cpu", 4, 0, new Bootstrap(100, 1),
            Optional.empty(), false, Optional.empty(), Double.NaN, 3, folder.resolve(output), Map.of());
        return ModelEvaluation.run(request, CARD, new FakeBackend(before), progress);
    }

    private void assertAsUndisturbed(String output) throws IOException {
        run("undisturbed", WELL, Progress.NONE);
        for (String file : List.of("metrics.json", "results.csv", "scores.csv", "worst.csv")) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("undisturbed").resolve(file)),
                Files.readAllBytes(folder.resolve(output).resolve(file)), file);
        }
        assertEquals(List.of(), ResultFiles.leftovers(folder.resolve(output)));
    }

    private static Consumer<FloatTensor> failingAfter(int batches) {
        int[] seen = new int[1];
        return batch -> {
            if (seen[0]++ == batches) {
                throw new IllegalStateException("power cut");
            }
        };
    }

    @Test
    void whatWasPredictedIsTakenOver() throws IOException {
        assertThrows(IllegalStateException.class, () -> run("out", failingAfter(3), Progress.NONE));
        run("out", WELL, Progress.NONE);
        assertEquals("done 30/12/18/0", ResultFiles.counts(folder.resolve("out")));
        assertAsUndisturbed("out");
    }

    /** A kill leaves the hidden files, the last line of one of them cut short. */
    @Test
    void aKilledRunGoesOn() throws IOException {
        assertThrows(IllegalStateException.class, () -> run("out", failingAfter(3), Progress.NONE));
        Path scores = folder.resolve("out/.lesionj-scores.csv");
        Files.move(folder.resolve("out/scores.csv"), scores);
        Files.writeString(scores, "12.png,0.4", StandardOpenOption.APPEND);
        run("out", WELL, Progress.NONE);
        assertAsUndisturbed("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Loading the model", "Classifying 11.png", "Drawing resamples", "Drawing", "Explaining"})
    void cancelledInEveryPhaseItGoesOn(String phase) throws IOException {
        CancelAt cancelling = new CancelAt(phase);
        assertThrows(CancelledException.class, () -> run("out", WELL, cancelling), phase);
        assertTrue(ResultFiles.counts(folder.resolve("out")).startsWith("cancelled "), ResultFiles.counts(folder.resolve("out")));
        run("out", WELL, Progress.NONE);
        String counts = ResultFiles.counts(folder.resolve("out"));
        assertTrue(counts.matches("done 30/\\d+/\\d+/0"), counts);
        assertTrue(phase.startsWith("Loading") || phase.startsWith("Classifying") || counts.equals("done 30/30/0/0"), counts);
        assertAsUndisturbed("out");
    }

    @Test
    void otherLabelsAreOtherSettings() throws IOException {
        run("out", WELL, Progress.NONE);
        Files.writeString(table, Files.readString(table).replace("1.png,lesion", "1.png,normal"));
        String sentence = assertThrows(UsageException.class, () -> run("out", WELL, Progress.NONE)).getMessage();
        assertTrue(sentence.contains("the true labels have changed"), sentence);
    }

    @Test
    void scoresThatAreNoNumbersAreNamedByTheirLine() throws IOException {
        run("out", WELL, Progress.NONE);
        Path scores = folder.resolve("out/scores.csv");
        List<String> lines = Files.readAllLines(scores);
        lines.set(2, lines.get(2).replaceFirst(",.*", ",a,b"));
        Files.write(scores, lines);
        String sentence = assertThrows(UsageException.class, () -> run("out", WELL, Progress.NONE)).getMessage();
        assertTrue(sentence.startsWith("Line 3 of " + scores + " holds no scores"), sentence);
    }

    @Test
    void lostScoresAreSaid() throws IOException {
        run("out", WELL, Progress.NONE);
        Files.delete(folder.resolve("out/scores.csv"));
        String sentence = assertThrows(LesionJException.class, () -> run("out", WELL, Progress.NONE)).getMessage();
        assertTrue(sentence.contains("scores.csv was changed"), sentence);
    }
}
