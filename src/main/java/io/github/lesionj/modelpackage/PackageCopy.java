package io.github.lesionj.modelpackage;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * A copy of a package that decides in another way. Network, weights and test tensors stay byte for byte, and so does all of the
 * card that is not named here; the test tensors hold scores, which no temperature touches.
 */
public final class PackageCopy {

    private PackageCopy() {
    }

    /**
     * What is different in the copy.
     *
     * @param name        of the package
     * @param description one or two sentences
     * @param positive    the class that a binary threshold speaks of, or null
     * @param threshold   0..1; NaN = none
     * @param temperature above 0
     * @param abstain     0..1; NaN = none
     * @param quality     measured on what, and how it was fitted
     */
    public record Changes(String name, String description, String positive, double threshold, double temperature, double abstain,
            Map<String, Object> quality) {
    }

    /**
     * Writes the copy; the folder appears when it is whole, one that is there is replaced.
     *
     * @throws UsageException where the copy would lie within the package
     */
    public static void write(ModelPackage model, Changes changes, Path folder) {
        ModelName.checked(changes.name());
        Path from = model.folder().toAbsolutePath().normalize();
        if (folder.toAbsolutePath().normalize().startsWith(from)) {
            throw new UsageException("The new model would lie inside the package " + from + "; choose another output folder.");
        }
        WholeFolder.replace(folder, partial -> {
            WholeFolder.copy(from, partial);
            rewrite(model.card(), changes, partial);
        });
    }

    private static void rewrite(ModelCard old, Changes changes, Path folder) throws IOException {
        Path file = CardReader.find(folder);
        Map<String, Object> root = copy(CardReader.mapping(file));
        root.put("name", changes.name());
        root.put("description", changes.description());
        Map<String, Object> config = copy((Map<?, ?>) root.get("config"));
        Map<String, Object> ours = copy((Map<?, ?>) config.get("lesionj"));
        put(ours, "positive", changes.positive());
        put(ours, "threshold", Double.isNaN(changes.threshold()) ? null : changes.threshold());
        put(ours, "temperature", changes.temperature());
        put(ours, "abstain", Double.isNaN(changes.abstain()) ? null : changes.abstain());
        ours.put("quality", PlainValues.of(changes.quality()));
        config.put("lesionj", ours);
        root.put("config", config);
        WholeFile.write(file, new Yaml(CardWriter.options()).dump(root));
        rewriteReadme(old, CardReader.read(file).card(), folder.resolve("README.md"));
    }

    /** Only one that LesionJ wrote: what others wrote is theirs. */
    private static void rewriteReadme(ModelCard old, ModelCard card, Path readme) throws IOException {
        if (Files.exists(readme) && Files.readString(readme).equals(Readme.of(old))) {
            WholeFile.write(readme, Readme.of(card));
        }
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
