/** Metrics of classifiers. */
package io.github.lesionj.evaluation;
