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

/**
 * A run's results while it runs, with a result folder or without one. Thread-safe.
 *
 * <p>An item counts as finished with its row, so its files are written before. Closing without {@link #finish} or
 * {@link #abort} leaves the folder as a kill would: the same command continues it.
 *
 * @param <R> what is known of a finished item
 * @param <S> everything the run found
 */
public abstract class ItemRun<R, S extends RunResults> implements AutoCloseable {

    private final RunStart<R> start;
    private final Map<ItemKey, R> rows = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private boolean ended;

    ItemRun(RunStart<R> start) {
        this.start = start;
    }

    abstract S results(RunStatus status, RunIdentity identity, List<R> ordered, List<Failure> failed);

    abstract void export(ResultExporter exporter, S results, Path root);

    public final Ledger ledger() {
        return start.ledger();
    }

    /** The folder, where there is one. */
    public final Optional<ResultFolder> folder() {
        return Optional.ofNullable(start.folder());
    }

    /** How an earlier run in this folder ended, where there was one. */
    public final Optional<RunStatus> earlierStatus() {
        return start.earlierStatus();
    }

    /** The row that an earlier run of the same identity left for an item. */
    public final Optional<R> earlier(ItemKey item) {
        return Optional.ofNullable(start.earlier().get(item));
    }

    /** Takes over an earlier row as it stands. */
    public synchronized void reuse(ItemKey item) {
        rows.put(item, start.earlier().get(item));
        ledger().countReused();
    }

    /**
     * Adds a finished item; its files, if any, are written already.
     *
     * @throws LesionJException when the row cannot be written, mostly a full disk: the run must end then
     */
    synchronized void keep(R row) {
        if (start.journal() != null) {
            start.journal().append(row);
        }
        rows.put(start.tables().item(row), row);
        ledger().countPredicted();
    }

    /** Lists an item that could not be finished; the next run tries it again. */
    public final synchronized void fail(Failure failure) {
        failures.add(failure);
        ledger().countFailed();
    }

    /** Ends the run as {@link #finish(Map)} without exporters. */
    public final S finish() {
        return finish(Map.of());
    }

    /**
     * Ends the run: tables, the ROIs of a single image, exports, and the ledger are written, whole.
     *
     * @param exporters by name; one that fails is listed among the failures and makes the run partial
     * @return everything the run found; status done, partial, or failed where every item failed
     */
    public final synchronized S finish(Map<String, ResultExporter> exporters) {
        RunStatus status;
        try {
            status = ledger().outcome();
        } catch (LesionJException e) {
            abort(e);
            throw e;
        }
        if (start.folder() != null && start.identity().inputs().size() == 1) {
            start.folder().gatherRois(ordered().stream().map(start.tables()::item).toList());
        }
        boolean exported = export(exporters, status);
        return end(exported || status != RunStatus.DONE ? status : RunStatus.PARTIAL,
            status == RunStatus.FAILED ? "Every item failed; failures.csv says why." : null);
    }

    // An exporter may come from anybody's jar: whatever it throws, the run's own results are written.
    private boolean export(Map<String, ResultExporter> exporters, RunStatus status) {
        if (start.folder() == null) {
            return true;
        }
        S results = results(status, start.identity(), ordered(), failures);
        int before = failures.size();
        exporters.forEach((name, exporter) -> {
            try {
                export(exporter, results, start.folder().root());
            } catch (RuntimeException e) {
                failures.add(new Failure("", "export", name + ": " + (e.getMessage() == null ? e.toString() : e.getMessage())));
            }
        });
        return failures.size() == before;
    }

    /** Ends the run early, by the user's wish or by an error; what was finished stays and can be continued. */
    public final synchronized S abort(Throwable reason) {
        return reason instanceof CancelledException ? end(RunStatus.CANCELLED, null)
            : end(RunStatus.FAILED, reason.getMessage() == null ? reason.toString() : reason.getMessage());
    }

    private S end(RunStatus status, String error) {
        List<R> ordered = ordered();
        if (start.folder() != null) {
            start.tables().write(start.folder().root(), ordered);
            start.folder().writeFailures(failures);
            start.folder().writeLedger(ledger(), status, error);
            start.journal().discard();
        }
        ended = true;
        return results(status, start.identity(), ordered, failures);
    }

    // Not yet reused rows of an earlier run stay in a run that ends early: they are still right.
    private List<R> ordered() {
        Map<ItemKey, R> all = new LinkedHashMap<>(rows);
        start.earlier().forEach(all::putIfAbsent);
        Map<String, Integer> order = new HashMap<>();
        start.identity().inputs().keySet().forEach(path -> order.put(path, order.size()));
        List<ItemKey> ordered = new ArrayList<>(all.keySet());
        Collections.sort(ordered, Comparator.comparingInt((ItemKey item) -> order.getOrDefault(item.image(), Integer.MAX_VALUE))
            .thenComparingInt(ItemKey::t).thenComparingInt(ItemKey::z).thenComparingInt(ItemKey::c));
        return ordered.stream().map(all::get).toList();
    }

    @Override
    public final synchronized void close() {
        if (start.lock() == null) {
            return;
        }
        if (!ended) {
            start.journal().close();
        }
        start.lock().close();
    }
}
