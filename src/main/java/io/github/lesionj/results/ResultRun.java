package io.github.lesionj.results;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The results of a classification while it runs.
 *
 * <pre>
 * try (ResultRun run = ResultRun.open(output, input, identity, card.classNames())) {
 *     run.ledger().plan(items.size());
 *     for each item:
 *         if (run.earlier(item) is there) run.reuse(item)
 *         else write overlay and ROIs, then run.add(row, regions) -- or run.fail(failure)
 *     return run.finish(exporters);
 * }
 * </pre>
 */
public final class ResultRun extends ItemRun<Classification, ResultSet> {

    private final List<String> classNames;
    private final ClassificationTables tables;
    private final Map<ItemKey, List<Region>> regions = new LinkedHashMap<>();

    private ResultRun(RunStart<Classification> start, ClassificationTables tables, List<String> classNames) {
        super(start);
        this.tables = tables;
        this.classNames = List.copyOf(classNames);
    }

    /**
     * Begins a run, or continues an earlier one of the same identity.
     *
     * @param output     result folder, made where missing; null: nothing is written
     * @param input      file or folder that is read; null where it is no file
     * @param identity   what must agree to continue
     * @param classNames in the order of the probabilities
     * @throws io.github.lesionj.core.UsageException where the folder is the input or lies in it, is in use by another
     *         run, or holds results from other settings (says which)
     */
    public static ResultRun open(Path output, Path input, RunIdentity identity, List<String> classNames) {
        ClassificationTables tables = new ClassificationTables(classNames);
        return new ResultRun(RunStart.of(output, input, identity, tables), tables, classNames);
    }

    /**
     * Adds a column at the end of {@code results.csv}, such as the fold of an item.
     *
     * @param value of a row; the same whenever it is asked for, for it is not read back
     */
    public synchronized void column(String name, Function<ItemKey, String> value) {
        tables.column(name, value);
    }

    /** Takes over an earlier row as it stands, with the regions in its file. */
    @Override
    public synchronized void reuse(ItemKey item) {
        super.reuse(item);
        List<Region> found = folder().map(folder -> folder.readRois(item)).orElse(List.of()).stream().map(Regions::of)
            .flatMap(Optional::stream).toList();
        if (!found.isEmpty()) {
            regions.put(item, found);
        }
    }

    /**
     * Adds a finished item; its overlay and ROI files, if any, are written already.
     *
     * @throws io.github.lesionj.core.LesionJException when the row cannot be written, mostly a full disk: the run must end then
     */
    public synchronized void add(Classification row, List<Region> found) {
        keep(row);
        if (!found.isEmpty()) {
            regions.put(row.item(), List.copyOf(found));
        }
    }

    @Override
    ResultSet results(RunStatus status, RunIdentity identity, List<Classification> ordered, List<Failure> failed) {
        return new ResultSet(status, identity, classNames, ordered, failed, regions);
    }

    @Override
    void export(ResultExporter exporter, ResultSet results, Path root) {
        exporter.export(results, root);
    }
}
