package io.github.lesionj.pipeline;

import io.github.lesionj.core.Json;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.TrainingItems;
import io.github.lesionj.evaluation.ClassificationMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/**
 * What says that a fold of a cross-validation has ended: its {@code metrics.json}, and beside it a checksum of the images that
 * its network was trained, chosen and judged on and the identity of its training, so that networks of different data, settings
 * or machines never become one.
 *
 * @param folder {@code OUTPUT/folds/K}
 */
record FoldMark(Path folder) {

    private Path metrics() {
        return folder.resolve("metrics.json");
    }

    private Path images() {
        return folder.resolve("images.sha256");
    }

    boolean exists() {
        return Files.exists(metrics());
    }

    /** The figures last: they are what the fold's end is known by. */
    void write(SplitData split, TrainingItems heldOut, Map<String, String> training, ClassificationMetrics figures) {
        new TrainingMark(folder).write(training);
        WholeFile.write(images(), checksum(split, heldOut) + "\n");
        WholeFile.write(metrics(), Json.pretty(figures.toMap()));
    }

    void delete() {
        try {
            Files.deleteIfExists(metrics());
        } catch (IOException e) {
            throw new LesionJException("Cannot delete " + metrics() + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    /** Refuses images that have changed since the fold ended (by name, truth, order or pixels), and another training. */
    void requireSame(SplitData split, TrainingItems heldOut, Map<String, String> training) {
        requireSameImages(split, heldOut);
        new TrainingMark(folder).requireSame(training);
    }

    /** The same where nothing will be trained with it: on which machine it was trained does not matter then. */
    void requireSameInputs(SplitData split, TrainingItems heldOut, Map<String, String> training) {
        requireSameImages(split, heldOut);
        new TrainingMark(folder).requireSameInputs(training);
    }

    private void requireSameImages(SplitData split, TrainingItems heldOut) {
        try {
            if (!Files.exists(images()) || !Files.readString(images()).strip().equals(checksum(split, heldOut))) {
                throw new UsageException("its network was trained already, and the images or their labels have changed since. Put them back,"
                    + " start anew with resume=no, or give another output folder.");
            }
        } catch (IOException e) {
            throw new LesionJException("Cannot read what fold " + folder + " was trained on: " + WholeFile.reason(e) + ".", e);
        }
    }

    private static String checksum(SplitData split, TrainingItems heldOut) {
        Sha256 sha = new Sha256().addLine(split.checksum()).addLine(heldOut.checksum());
        add(sha, split.trainingSet());
        add(sha, split.validationSet());
        add(sha, heldOut.set());
        return sha.hex();
    }

    private static void add(Sha256 sha, LabelledSet set) {
        sha.addLine(set.size() + " of " + set.classNames());
        set.items().forEach(item -> sha.addLine(item.name() + " " + new TreeSet<>(item.labels())));
    }
}
