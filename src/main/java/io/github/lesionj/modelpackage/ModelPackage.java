package io.github.lesionj.modelpackage;

import java.nio.file.Path;

/**
 * A model package that was opened and checked.
 *
 * @param folder     that holds {@code rdf.yaml}; of a zip, the folder in the user's cache
 * @param card       what it says of itself
 * @param savedModel unpacked SavedModel folder, checksum verified
 * @param checksum   SHA-256 of the weights file, in hexadecimal; with the card's own it names the model in the ledger
 */
public record ModelPackage(Path folder, ModelCard card, Path savedModel, String checksum) {

    /** SHA-256 of the card as it lies in the folder; empty where there is none. */
    public String cardChecksum() {
        Path card = CardReader.find(folder);
        return card == null ? "" : Checksum.of(card);
    }

    /** The same files under a card that decides in another way. */
    public ModelPackage with(ModelCard other) {
        return new ModelPackage(folder, other, savedModel, checksum);
    }
}
