package io.github.lesionj.modelpackage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a card holds: the typed part and the files it names.
 *
 * @param card        what it says of the model
 * @param weights     the SavedModel: a zip, or a folder beside a hand-written card
 * @param testInput   {@code .npy} with one batch for the network, or null
 * @param testOutputs role (see {@link ModelSignature}) to the {@code .npy} that the network must give for it
 * @param attachments other files, such as {@code weights.safetensors}
 */
public record CardFile(ModelCard card, NamedFile weights, NamedFile testInput, Map<String, NamedFile> testOutputs,
        List<NamedFile> attachments) {

    /** All files but the weights, by their path. */
    Map<String, NamedFile> otherFiles() {
        Map<String, NamedFile> files = new LinkedHashMap<>();
        attachments.forEach(file -> files.put(file.source(), file));
        testOutputs.values().forEach(file -> files.put(file.source(), file));
        if (testInput != null) {
            files.put(testInput.source(), testInput);
        }
        return files;
    }
}
