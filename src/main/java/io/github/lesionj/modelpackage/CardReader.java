package io.github.lesionj.modelpackage;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code rdf.yaml}; a card from elsewhere is not trusted. */
public final class CardReader {

    /** The card's name within a package; {@code bioimageio.yaml}, bioimage.io's newer name, is read too. */
    public static final String FILE = "rdf.yaml";

    private static final String OTHER_FILE = "bioimageio.yaml";
    private static final int LARGEST = 4 << 20;

    private CardReader() {
    }

    /**
     * Finds a package's card.
     *
     * @return null when the folder has none
     */
    static Path find(Path folder) {
        for (String name : new String[] {FILE, OTHER_FILE}) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        return null;
    }

    /**
     * Reads a card.
     *
     * @throws UsageException naming the file and the key that is missing or wrong
     */
    public static CardFile read(Path file) {
        return new CardContent(file, new CardSection(file, "", mapping(file))).read();
    }

    /** Everything that a card says, also what LesionJ does not read. */
    static Map<?, ?> mapping(Path file) {
        if (!(parse(file) instanceof Map<?, ?> map)) {
            throw new UsageException("The model card " + file
                + " is not a mapping of keys; see the model card format in docs.");
        }
        return map;
    }

    private static Object parse(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException("Refused the model card " + file + ": it is larger than 4 MB.");
            }
            return new Yaml(new SafeConstructor(limits())).load(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new UsageException("Cannot read the model card " + file + ": it is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new UsageException("Cannot read the model card " + file + ": " + WholeFile.reason(e) + ".", e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw notYaml(file, " in line " + line + " (" + e.getProblem() + ")", e);
        } catch (YAMLException e) {
            throw notYaml(file, " (" + e.getMessage() + ")", e);
        }
    }

    private static UsageException notYaml(Path file, String where, YAMLException e) {
        String sentence = "Cannot read the model card " + file + ": it is not valid YAML" + where + ".";
        return new UsageException(sentence.replaceAll("\\s+", " "), e);
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setAllowRecursiveKeys(false);
        limits.setMaxAliasesForCollections(20);
        limits.setNestingDepthLimit(40);
        limits.setCodePointLimit(LARGEST);
        return limits;
    }
}
