package io.github.lesionj.results;

import ij.gui.Roi;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.image.RoiFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a run's results lie on disk: names of files, the check before a run, reading and writing its tables. */
public final class ResultFolder {

    static final String LEDGER = "run.json";
    private static final String FAILURES = "failures.csv";

    private final Path root;

    ResultFolder(Path root) {
        this.root = root;
    }

    /** Whether a folder holds a run's results, finished or not; such a folder is never read as input. */
    public static boolean isResultFolder(Path folder) {
        return Files.isRegularFile(folder.resolve(LEDGER));
    }

    /**
     * Whether results of this input may go there, before anything is made.
     *
     * @param output folder, may not exist yet
     * @param input  file or folder, or null where the input is no file
     * @throws UsageException where the folder is the input, lies inside it with files that are no results, or is not a folder
     */
    public static void check(Path output, Path input) {
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new UsageException("The output " + output + " is a file; give a folder.");
        }
        if (input == null || !Files.isDirectory(input)) {
            return;
        }
        Path real = real(output);
        Path realInput = real(input);
        if (real.equals(realInput)) {
            throw new UsageException("The output folder " + output + " is the input folder; choose another one, for results "
                + "would be taken as images.");
        }
        // A result folder is never listed, so a new one may lie inside; one with other files would hide them from the next run.
        if (real.startsWith(realInput) && Files.exists(real) && !isResultFolder(real) && !isEmpty(real)) {
            throw new UsageException("The output folder " + output + " lies inside the input folder " + input
                + " and holds files that are no results; choose a new folder.");
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        } catch (IOException e) {
            throw new LesionJException("Cannot read the output folder " + folder + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    // Links resolved as far as the path exists.
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path ancestor = absolute; ancestor != null; ancestor = ancestor.getParent()) {
            if (Files.exists(ancestor, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    return ancestor.toRealPath().resolve(ancestor.relativize(absolute)).normalize();
                } catch (IOException e) {
                    return absolute;
                }
            }
        }
        return absolute;
    }

    /** The folder itself. */
    public Path root() {
        return root;
    }

    /** {@code overlays/PATH.png}. */
    public Path overlay(ItemKey item) {
        return file("overlays", item, ".png");
    }

    /** {@code rois/PATH.zip}. */
    public Path rois(ItemKey item) {
        return file("rois", item, ".zip");
    }

    /** Writes {@code rois/PATH.zip}; nothing where there are none. */
    public void writeRois(ItemKey item, List<Roi> regions) {
        if (!regions.isEmpty()) {
            RoiFiles.write(rois(item), regions);
        }
    }

    /** The ROIs in {@code rois/PATH.zip}; empty where there is none. */
    public List<Roi> readRois(ItemKey item) {
        return Files.exists(rois(item)) ? RoiFiles.read(rois(item)) : List.of();
    }

    /** Writes {@code rois.zip} with the ROIs of all items, in their order; nothing where there are none. */
    void gatherRois(List<ItemKey> items) {
        List<Roi> all = items.stream().map(item -> item.roi() == null ? item : ItemKey.of(item.image())).distinct()
            .flatMap(item -> readRois(item).stream()).toList();
        if (!all.isEmpty()) {
            RoiFiles.write(root.resolve("rois.zip"), all);
        }
    }

    /** {@code KIND/PATH.EXTENSION}; PATH is the item's path with its own extension and, for a plane, its position. */
    public Path file(String kind, ItemKey item, String extension) {
        return root.resolve(kind).resolve(item.filePath() + extension);
    }

    void create() {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new LesionJException("Cannot make the output folder " + root + ": " + WholeFile.reason(e)
                + ". Choose one that can be written to.", e);
        }
    }

    /** How the run ended that the folder holds; empty in a new folder. */
    Optional<RunStatus> earlierStatus() {
        return isResultFolder(root) ? RunStatus.of(IdentityJson.status(root.resolve(LEDGER))) : Optional.empty();
    }

    /** Finished items of an earlier run with the same identity; empty in a new folder. */
    <R> Map<ItemKey, R> earlier(RunIdentity identity, ItemTables<R> tables) {
        if (!isResultFolder(root)) {
            refuseForeignTable(tables);
            return Map.of();
        }
        List<String> differences = identity.differencesFrom(IdentityJson.read(root.resolve(LEDGER)));
        if (!differences.isEmpty() && failedWithoutRows(tables)) {
            return Map.of();
        }
        if (!differences.isEmpty()) {
            throw new UsageException("The output folder " + root + " holds results from other settings: "
                + String.join("; ", differences) + ". Choose another folder, or delete that one.");
        }
        Map<ItemKey, R> rows = new LinkedHashMap<>();
        if (Files.exists(root.resolve(tables.listing()))) {
            tables.read(root).forEach(row -> rows.put(tables.item(row), row));
        }
        Journal.recover(root, tables).forEach(row -> rows.put(tables.item(row), row));
        return rows;
    }

    /** There is nothing to continue and nothing to lose: the cause of the failure was mostly one of the keys. */
    private boolean failedWithoutRows(ItemTables<?> tables) {
        return earlierStatus().filter(RunStatus.FAILED::equals).isPresent() && !Journal.isIn(root, tables)
            && (!Files.exists(root.resolve(tables.listing())) || Csv.read(root.resolve(tables.listing())).size() < 2);
    }

    private void refuseForeignTable(ItemTables<?> tables) {
        for (String name : Stream.concat(tables.names().stream(), Stream.of(FAILURES)).toList()) {
            if (Files.exists(root.resolve(name))) {
                throw new UsageException("The output folder " + root + " holds a " + name
                    + " that no run.json speaks for; choose another folder, so that it is not overwritten.");
            }
        }
    }

    /** What {@code failures.csv} of the last run lists. */
    public List<Failure> readFailures() {
        Path file = root.resolve(FAILURES);
        return !Files.exists(file) ? List.of() : Csv.read(file).stream().skip(1).filter(row -> row.size() == 3)
            .map(row -> new Failure(row.get(0), row.get(1), row.get(2))).toList();
    }

    void writeLedger(Ledger ledger, RunStatus status, String error) {
        WholeFile.write(root.resolve(LEDGER), ledger.toJson(status, error));
    }

    void writeFailures(List<Failure> failures) {
        List<String> lines = new ArrayList<>(List.of(Csv.line(List.of("image", "stage", "reason"))));
        failures.forEach(failure -> lines.add(Csv.line(List.of(failure.image(), failure.stage(), failure.reason()))));
        WholeFile.write(root.resolve(FAILURES), String.join("", lines));
    }
}
