package io.github.lesionj.pipeline;

import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.results.ItemRun;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import java.util.Map;

/**
 * A training whose data were read and checked, whatever its task: what its job and its command need to know.
 *
 * @param <R> results on the validation images
 */
public interface Training<R extends ItemRun<?, ?>> {

    /**
     * What came of a training.
     *
     * @param model   the package, {@code OUTPUT/model}
     * @param metrics figures of the package on the validation images, as {@code metrics.json} has them
     * @param summary of them, a few words for the log
     * @param outcome of the training loop
     */
    record Ended(ModelPackage model, Map<String, Object> metrics, String summary, TrainingOutcome outcome) {
    }

    /** What was asked for. */
    TrainingRequest request();

    /** The checked data. */
    TrainingSplit split();

    /** Begins the results in the training's folder, or continues those of an earlier run of the same identity. */
    R open(RunIdentity identity);

    /**
     * Trains, writes the package, and measures it on the validation images.
     *
     * @param run receives the validation images; stays the caller's to finish
     */
    Ended train(R run, TrainingListener listener, Progress progress);

    /**
     * Refuses to take this training, which has ended in its folder, where it would now learn from other images, labels or initial
     * weights; all images are read for that.
     */
    void requireSameInputs(Progress progress);
}
