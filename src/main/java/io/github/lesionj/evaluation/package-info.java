/** How good predictions are: metrics, intervals, calibration. Plain Java, values by definition and tested by hand. */
package io.github.lesionj.evaluation;
