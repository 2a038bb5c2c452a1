package io.github.lesionj.runtime;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hears of a training while it runs, on the training thread. */
public interface TrainingListener {

    TrainingListener NONE = epoch -> { };

    /** After each epoch and its validation. */
    void epochEnded(EpochReport epoch);

    /**
     * Before the first step, where an earlier training is continued.
     *
     * @param history its epochs, none where it ended within the first one
     * @param epochs  planned
     */
    default void resumed(List<EpochReport> history, int epochs) {
        // most only want to hear of what is new
    }

    /** Something that the user should know of, as a sentence, such as which given weights were not taken. */
    default void remark(String sentence) {
        // most only want the epochs
    }

    /**
     * Before the first step: some training images were drawn as the network will see them.
     *
     * @param picture a PNG file
     */
    default void preview(Path picture) {
        // without a display there is nobody to look at it
    }

    /**
     * After each epoch: how long its steps waited for images.
     *
     * @param waiting  seconds in which the next batch was not ready
     * @param training seconds of all its steps, with the waiting
     */
    default void waited(double waiting, double training) {
        // only the ledger and benchmarks want to know
    }

    /**
     * One epoch's figures.
     *
     * @param epoch          from 1
     * @param epochs         planned
     * @param trainingLoss   mean over the epoch's steps
     * @param lossParts      what it is the sum of, by name, where it has parts
     * @param validationLoss mean over the validation items
     * @param figures        how good the network is on them; the best epoch is the one of the best first figure
     * @param learningRate   at the end of the epoch
     * @param best           whether this epoch is the best so far and was kept
     * @param seconds        since the training began
     */
    record EpochReport(int epoch, int epochs, double trainingLoss, Map<String, Double> lossParts, double validationLoss,
            List<Figure> figures, double learningRate, boolean best, double seconds) {

        public EpochReport {
            lossParts = Collections.unmodifiableMap(new LinkedHashMap<>(lossParts));
            figures = List.copyOf(figures);
        }

        /** The figure that epochs are compared by. */
        public Figure quality() {
            return figures.get(0);
        }
    }

    /**
     * A figure on the validation items.
     *
     * @param key   in a card or table, such as {@code map50}
     * @param name  in a sentence or plot, such as {@code mAP50}
     * @param value 0..1, larger is better; NaN where it does not exist
     */
    record Figure(String key, String name, double value) {
    }
}
