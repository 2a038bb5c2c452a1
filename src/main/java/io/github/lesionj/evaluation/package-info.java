/**
 * How good a classifier is: decisions, metrics, intervals, calibration.
 *
 * <p>Start at {@link io.github.lesionj.evaluation.ClassificationMetrics#of}.
 */
package io.github.lesionj.evaluation;
