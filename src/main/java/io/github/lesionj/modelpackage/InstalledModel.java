package io.github.lesionj.modelpackage;

import java.nio.file.Path;

/**
 * A model that can be named by its name; what a list or a dialog shows.
 *
 * @param name        its folder's name
 * @param folder      of the package
 * @param shipped     whether it came with LesionJ; the user's own can be removed
 * @param version     from its card; empty when that cannot be read
 * @param task        from its card, such as {@code classification}; empty when that cannot be read
 * @param description from its card, in one line
 * @param problem     why the card cannot be read, in a sentence, or null
 */
public record InstalledModel(String name, Path folder, boolean shipped, String version, String task, String description,
        String problem) {

    /**
     * Reads the whole card.
     *
     * @throws io.github.lesionj.core.UsageException when it cannot be read
     */
    public ModelCard card() {
        return CardReader.read(CardReader.find(folder)).card();
    }
}
