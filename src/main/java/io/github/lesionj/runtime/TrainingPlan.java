package io.github.lesionj.runtime;

/**
 * Everything that decides a training, but the data. Whatever is added to one of its records, at any depth, but to
 * {@link TrainingPlace}, belongs to the identity by which a training is resumed, without being listed anywhere.
 *
 * @param network  what is trained
 * @param settings how
 * @param seed     of initial weights, order, augmentation, mix-up and dropout
 * @param place    where
 */
public record TrainingPlan(NetworkSettings network, TrainingSettings settings, long seed, TrainingPlace place) {

    /** The same with other settings. */
    public TrainingPlan with(TrainingSettings others) {
        return new TrainingPlan(network, others, seed, place);
    }

    /** The same elsewhere. */
    public TrainingPlan with(TrainingPlace other) {
        return new TrainingPlan(network, settings, seed, other);
    }
}
