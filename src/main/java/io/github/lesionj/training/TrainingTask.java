package io.github.lesionj.training;

import java.util.List;

/** What a network learns to do: what differs between the training of a classifier and that of a detector. */
interface TrainingTask {

    /** What it is trained by. */
    Criterion criterion();

    /** Which items a step takes. */
    Sampling sampling();

    /** A new one for each validation. */
    Judge judge();

    /** What the plan came to with these data, as sentences. */
    List<String> remarks();
}
