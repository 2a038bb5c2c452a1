package io.github.lesionj.network.weights;

import io.github.lesionj.network.ElementType;

/**
 * A row of values in a file of PyTorch, which one tensor or several look into.
 *
 * @param type  of its values
 * @param key   its name in the file
 * @param count of its values
 */
record TorchStorage(ElementType type, String key, long count) {
}
