package io.github.lesionj.runtime;

import java.nio.file.Path;
import java.util.List;

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
     * @param validationLoss mean over the validation items
     * @param validationAuc  binary: of the second class; otherwise macro, one versus rest; NaN where it does not exist
     * @param validationAccuracy of the argmax; for multi-label, of each class at 0.5, mean
     * @param learningRate   at the end of the epoch
     * @param best           whether this epoch is the best so far and was kept
     * @param seconds        since the training began
     */
    record EpochReport(int epoch, int epochs, double trainingLoss, double validationLoss, double validationAuc,
            double validationAccuracy, double learningRate, boolean best, double seconds) {
    }
}
