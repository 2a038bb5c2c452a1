/**
 * Labelled collections: class folders, tables, npz archives, and with boxes Pascal VOC, COCO, ROIs and label images; their division
 * into training and validation; class balance; augmentation.
 *
 * <p>Start at {@link io.github.lesionj.dataset.TrainingSplit#open} for a training and at
 * {@link io.github.lesionj.dataset.LabelledSets#open} for anything else. Nothing here decodes an image file but label
 * images: an item carries its path, and the caller opens it.
 */
package io.github.lesionj.dataset;
