/**
 * Training: the loop, batches read beside it, optimiser, schedule, validation and the best weights so far.
 *
 * <p>{@link io.github.lesionj.training.Trainer} is where a reader starts.
 */
package io.github.lesionj.training;
