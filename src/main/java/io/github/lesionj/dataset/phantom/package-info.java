/**
 * Radiograph phantoms: drawn images with lesions of known place, size and contrast, of a difficulty that is fixed by a
 * baseline without learning. Same seed, same pixels.
 */
package io.github.lesionj.dataset.phantom;
