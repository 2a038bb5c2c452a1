/** Labelled collections: folders, CSV tables, npz archives, splits. */
package io.github.lesionj.dataset;
