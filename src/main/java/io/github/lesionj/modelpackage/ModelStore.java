package io.github.lesionj.modelpackage;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The models that can be named: the user's folder first, then those that came with LesionJ. */
public final class ModelStore {

    private final Path userFolder;
    private final List<Path> shippedFolders;
    private final PackageReader reader;

    /**
     * A store; folders that do not exist are empty.
     *
     * @param userFolder     mostly {@link UserFolders#models}
     * @param shippedFolders searched after it, in this order
     */
    public ModelStore(Path userFolder, List<Path> shippedFolders, PackageReader reader) {
        this.userFolder = userFolder;
        this.shippedFolders = List.copyOf(shippedFolders);
        this.reader = reader;
    }

    /**
     * All models by name, from their cards alone; one whose card is broken is there with its problem. Fast enough to fill a
     * dialog: a card that was not written since the last list is not parsed again.
     */
    public List<InstalledModel> list() {
        Map<String, InstalledModel> models = new TreeMap<>();
        for (Map.Entry<String, Path> folder : folders().entrySet()) {
            models.put(folder.getKey(), read(folder.getKey(), folder.getValue()));
        }
        return List.copyOf(models.values());
    }

    /** Names only; no card is read. */
    public List<String> names() {
        return List.copyOf(folders().keySet());
    }

    private Map<String, Path> folders() {
        Map<String, Path> folders = new TreeMap<>();
        for (Path parent : parents()) {
            for (Path folder : packagesIn(parent)) {
                folders.putIfAbsent(folder.getFileName().toString(), folder);
            }
        }
        return folders;
    }

    private List<Path> parents() {
        List<Path> parents = new ArrayList<>(List.of(userFolder));
        parents.addAll(shippedFolders);
        return parents;
    }

    private static List<Path> packagesIn(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                .filter(child -> CardReader.find(child) != null).toList();
        } catch (IOException e) {
            throw new LesionJException("Cannot read the models folder " + parent + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private InstalledModel read(String name, Path folder) {
        List<String> summary = reader.summary(CardReader.find(folder));
        String problem = summary.get(3).isEmpty() ? null : summary.get(3);
        return new InstalledModel(name, folder, !folder.startsWith(userFolder), summary.get(0), summary.get(1), summary.get(2),
            problem);
    }

    /**
     * Opens a model as the key {@code model} takes it: an installed name, else a folder or a zip.
     *
     * @throws UsageException listing what is installed when there is neither
     */
    public ModelPackage find(String model) {
        Path installed = folders().get(model);
        if (installed != null) {
            return reader.open(installed);
        }
        Path path = NearMiss.asPath(model);
        if (path != null && Files.exists(path)) {
            return reader.open(path);
        }
        throw unknown(model, folders().keySet());
    }

    private static UsageException unknown(String model, Collection<String> names) {
        String installed = names.isEmpty() ? "none is installed" : "installed are " + String.join(", ", names);
        String near = NearMiss.of(model, names);
        return new UsageException("There is no model \"" + model + "\": it is neither the name of an installed one ("
            + installed + ") nor a folder or zip." + (near == null ? "" : " Did you mean " + near + "?"));
    }

    /**
     * Installs a package into the user's folder.
     *
     * @param path   folder or zip
     * @param verify throws when the package does not prove itself; nothing is installed then
     * @return the installed folder; when the same content is there already, that one, untouched
     */
    public Path install(Path path, Consumer<ModelPackage> verify) {
        ModelPackage model = reader.open(path);
        String name = ModelName.checked(model.card().name());
        Path target = userFolder.resolve(name);
        if (Files.exists(target) && isInstalled(target, model)) {
            return target;
        }
        verify.accept(model);
        WholeFolder.replace(target, partial -> WholeFolder.copy(model.folder(), partial));
        return target;
    }

    /** Whether the same content is installed; refuses other content under the same name and version. */
    private boolean isInstalled(Path target, ModelPackage model) {
        Path installed = CardReader.find(target);
        if (installed == null) {
            throw new UsageException("Cannot install to " + target
                + ": a folder of that name is there that is no model package; move it away.");
        }
        boolean sameCard = Checksum.of(installed).equals(Checksum.of(CardReader.find(model.folder())));
        if (sameCard && reader.open(target).checksum().equals(model.checksum())) {
            return true;
        }
        String version = CardReader.read(installed).card().version();
        if (version.equals(model.card().version())) {
            throw new UsageException("Another model " + model.card().name() + " of version " + version
                + " is installed: remove it first, or give the new one another version.");
        }
        return false;
    }

    /** Writes the zip of an installed model. */
    public void export(String name, Path zip) {
        PackageWriter.export(find(name).folder(), zip);
    }

    /** Removes one of the user's models. */
    public void remove(String name) {
        Path folder = folders().get(name);
        if (folder == null) {
            throw unknown(name, folders().keySet());
        }
        if (!folder.startsWith(userFolder)) {
            throw new UsageException("The model " + name + " came with LesionJ and cannot be removed.");
        }
        try {
            WholeFolder.remove(folder);
        } catch (IOException e) {
            throw new LesionJException("Cannot remove " + folder + ": " + WholeFile.reason(e) + ".", e);
        }
    }
}
