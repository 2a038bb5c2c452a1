package io.github.lesionj.results;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A run's results while it runs, with a result folder or without one. Thread-safe.
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
 *
 * <p>An item counts as finished with its row, so its files are written before. Closing without {@link #finish} or
 * {@link #abort} leaves the folder as a kill would: the same command continues it.
 */
public final class ResultRun implements AutoCloseable {

    private final RunIdentity identity;
    private final List<String> classNames;
    private final Ledger ledger;
    private final ResultFolder folder;
    private final FolderLock lock;
    private final Journal journal;
    private final Optional<RunStatus> earlierStatus;
    private final Map<ItemKey, Classification> earlier;
    private final Map<ItemKey, Classification> rows = new LinkedHashMap<>();
    private final Map<ItemKey, List<Region>> regions = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, Function<ItemKey, String>> columns = new LinkedHashMap<>();
    private boolean ended;

    private ResultRun(RunIdentity identity, List<String> classNames, ResultFolder folder, FolderLock lock,
            Optional<RunStatus> earlierStatus, Map<ItemKey, Classification> earlier) {
        this.identity = identity;
        this.classNames = List.copyOf(classNames);
        this.ledger = new Ledger(identity);
        this.folder = folder;
        this.lock = lock;
        this.earlierStatus = earlierStatus;
        this.earlier = earlier;
        this.journal = folder == null ? null : Journal.begin(folder.root(), classNames, List.copyOf(earlier.values()));
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
        if (output == null) {
            return new ResultRun(identity, classNames, null, null, Optional.empty(), Map.of());
        }
        ResultFolder.check(output, input);
        ResultFolder folder = new ResultFolder(output);
        folder.create();
        FolderLock lock = FolderLock.of(output);
        ResultRun run = null;
        boolean opened = false;
        try {
            run = new ResultRun(identity, classNames, folder, lock, folder.earlierStatus(), folder.earlierRows(identity, classNames));
            folder.writeLedger(run.ledger, RunStatus.RUNNING, null);
            opened = true;
            return run;
        } finally {
            if (!opened && run != null) {
                run.close();
            } else if (!opened) {
                lock.close();
            }
        }
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The folder, where there is one. */
    public Optional<ResultFolder> folder() {
        return Optional.ofNullable(folder);
    }

    /**
     * Adds a column at the end of {@code results.csv}, such as the fold of an item.
     *
     * @param value of a row; the same whenever it is asked for, for it is not read back
     */
    public synchronized void column(String name, Function<ItemKey, String> value) {
        columns.put(name, value);
    }

    /** How an earlier run in this folder ended, where there was one. */
    public Optional<RunStatus> earlierStatus() {
        return earlierStatus;
    }

    /** The row that an earlier run of the same identity left for an item. */
    public Optional<Classification> earlier(ItemKey item) {
        return Optional.ofNullable(earlier.get(item));
    }

    /** Takes over an earlier row as it stands, with the regions in its file. */
    public synchronized void reuse(ItemKey item) {
        rows.put(item, earlier.get(item));
        List<Region> found = folder.readRois(item).stream().map(Regions::of).flatMap(Optional::stream).toList();
        if (!found.isEmpty()) {
            regions.put(item, found);
        }
        ledger.countReused();
    }

    /**
     * Adds a finished item; its overlay and ROI files, if any, are written already.
     *
     * @throws LesionJException when the row cannot be written, mostly a full disk: the run must end then
     */
    public synchronized void add(Classification row, List<Region> found) {
        if (journal != null) {
            journal.append(row);
        }
        rows.put(row.item(), row);
        if (!found.isEmpty()) {
            regions.put(row.item(), List.copyOf(found));
        }
        ledger.countPredicted();
    }

    /** Lists an item that could not be finished; the next run tries it again. */
    public synchronized void fail(Failure failure) {
        failures.add(failure);
        ledger.countFailed();
    }

    /** Ends the run as {@link #finish(Map)} without exporters. */
    public ResultSet finish() {
        return finish(Map.of());
    }

    /**
     * Ends the run: tables, the ROIs of a single image, exports, and the ledger are written, whole.
     *
     * @param exporters by name; one that fails is listed among the failures and makes the run partial
     * @return everything the run found; status done, partial, or failed where every item failed
     */
    public synchronized ResultSet finish(Map<String, ResultExporter> exporters) {
        RunStatus status;
        try {
            status = ledger.outcome();
        } catch (LesionJException e) {
            abort(e);
            throw e;
        }
        if (folder != null && identity.inputs().size() == 1) {
            folder.gatherRois(ordered());
        }
        boolean exported = export(exporters, status);
        return end(exported || status != RunStatus.DONE ? status : RunStatus.PARTIAL,
            status == RunStatus.FAILED ? "Every item failed; failures.csv says why." : null);
    }

    // An exporter may come from anybody's jar: whatever it throws, the run's own results are written.
    private boolean export(Map<String, ResultExporter> exporters, RunStatus status) {
        if (folder == null) {
            return true;
        }
        ResultSet results = new ResultSet(status, identity, classNames, ordered(), failures, regions);
        int before = failures.size();
        exporters.forEach((name, exporter) -> {
            try {
                exporter.export(results, folder.root());
            } catch (RuntimeException e) {
                failures.add(new Failure("", "export", name + ": " + (e.getMessage() == null ? e.toString() : e.getMessage())));
            }
        });
        return failures.size() == before;
    }

    /** Ends the run early, by the user's wish or by an error; what was finished stays and can be continued. */
    public synchronized ResultSet abort(Throwable reason) {
        return reason instanceof CancelledException ? end(RunStatus.CANCELLED, null)
            : end(RunStatus.FAILED, reason.getMessage() == null ? reason.toString() : reason.getMessage());
    }

    private ResultSet end(RunStatus status, String error) {
        List<Classification> ordered = ordered();
        if (folder != null) {
            folder.writeTables(classNames, ordered, columns, failures);
            folder.writeLedger(ledger, status, error);
            journal.discard();
        }
        ended = true;
        return new ResultSet(status, identity, classNames, ordered, failures, regions);
    }

    // Not yet reused rows of an earlier run stay in a run that ends early: they are still right.
    private List<Classification> ordered() {
        Map<ItemKey, Classification> all = new LinkedHashMap<>(rows);
        earlier.forEach(all::putIfAbsent);
        Map<String, Integer> order = new HashMap<>();
        identity.inputs().keySet().forEach(path -> order.put(path, order.size()));
        List<Classification> ordered = new ArrayList<>(all.values());
        Collections.sort(ordered, Comparator
            .comparingInt((Classification row) -> order.getOrDefault(row.item().image(), Integer.MAX_VALUE))
            .thenComparingInt(row -> row.item().t()).thenComparingInt(row -> row.item().z())
            .thenComparingInt(row -> row.item().c()));
        return ordered;
    }

    @Override
    public synchronized void close() {
        if (lock == null) {
            return;
        }
        if (!ended) {
            journal.close();
        }
        lock.close();
    }
}
