package io.github.lesionj.modelpackage;

import java.nio.file.Path;

/**
 * A model that can be named by its name.
 *
 * @param name    its folder's name
 * @param folder  of the package
 * @param shipped whether it came with LesionJ; the user's own can be removed
 * @param card    what it says of itself, or null when it cannot be read
 * @param problem why it cannot be read, in a sentence, or null
 */
public record InstalledModel(String name, Path folder, boolean shipped, ModelCard card, String problem) {
}
