/**
 * How good a detector is: boxes that were found against boxes that are there.
 *
 * <p>{@code ClassMatching} says of each found box of a class whether it hits one that is there; {@code PrecisionRecall} and {@code Froc} are the curves
 * of that; {@code CocoFigures} and {@code DetectionMetrics} the figures.
 */
package io.github.lesionj.evaluation.detection;
