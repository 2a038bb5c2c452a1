/** What a command gives back: tables, overlays, ROIs, plots, the ledger. */
package io.github.lesionj.results;
