/**
 * What a run leaves behind: typed results, the result folder with its ledger, tables, overlays, ROIs, plots and exports.
 *
 * <p>Compute, tabulate and draw are separate calls on typed, immutable results. Nothing here opens a dialog, and
 * everything works without a display; what needs one ({@code show}, the ROI Manager) is left out there.
 */
package io.github.lesionj.results;
