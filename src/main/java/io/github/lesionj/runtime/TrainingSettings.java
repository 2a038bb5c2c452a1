package io.github.lesionj.runtime;

/**
 * How a network is trained, whatever it sees: what the forms of all trainers share.
 *
 * @param loss      what is made small
 * @param batches   which items a step sees
 * @param optimizer how a step changes the weights
 * @param schedule  how long, and how fast at which time
 * @param start     what it begins with
 */
public record TrainingSettings(LossSettings loss, BatchSettings batches, OptimizerSettings optimizer, ScheduleSettings schedule,
        StartSettings start) {

    /**
     * Refuses what cannot be followed.
     *
     * @throws io.github.lesionj.core.UsageException naming the key, its value, and what to write instead
     */
    public void check(NetworkSettings network) {
        SettingsCheck.check(this, network);
    }
}
