package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import java.util.Map;

/** The best weights so far, in memory; on disk they are those of a checkpoint. */
final class BestWeights {

    /**
     * When they were found.
     *
     * @param epoch      from 1
     * @param step       number of steps done then
     * @param validation of that epoch
     */
    record Found(int epoch, long step, Validation validation) {
    }

    private Found found;
    private Map<String, FloatTensor> weights;

    /** Goes on with those of an earlier training. */
    void resume(Found earlier, Map<String, FloatTensor> earlierWeights) {
        found = earlier;
        weights = earlierWeights;
    }

    /**
     * Keeps an epoch's weights when it is the best so far.
     *
     * @return whether it is
     */
    boolean offer(Found candidate, Map<String, FloatTensor> candidateWeights) {
        Validation validation = candidate.validation();
        if (!Double.isFinite(validation.loss()) || exist() && !validation.betterThan(found.validation())) {
            return false;
        }
        resume(candidate, candidateWeights);
        return true;
    }

    boolean exist() {
        return found != null;
    }

    Map<String, FloatTensor> weights() {
        return weights;
    }

    /** Null where there are none. */
    Found found() {
        return found;
    }
}
