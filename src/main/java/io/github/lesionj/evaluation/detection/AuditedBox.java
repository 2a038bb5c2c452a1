package io.github.lesionj.evaluation.detection;

import io.github.lesionj.geometry.Box;

/**
 * A box with what it turned out to be.
 *
 * @param box     in px of the image: that which was found, or the object that was missed
 * @param label   index of its class
 * @param score   NaN for a missed object
 * @param verdict what it is
 */
public record AuditedBox(Box box, int label, double score, Verdict verdict) {
}
