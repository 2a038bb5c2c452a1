package io.github.lesionj.results;

import java.nio.file.Path;
import java.util.List;

/**
 * The results of a detection while it runs.
 *
 * <pre>
 * try (DetectionRun run = DetectionRun.open(output, input, identity, card.classNames())) {
 *     run.ledger().plan(items.size());
 *     for each item:
 *         if (run.earlier(item) is there) run.reuse(item)
 *         else write its files ({@link DetectionFiles}), then run.add(detections) -- or run.fail(failure)
 *     return run.finish(exporters);
 * }
 * </pre>
 */
public final class DetectionRun extends ItemRun<Detections, DetectionSet> {

    private final List<String> classNames;

    private DetectionRun(RunStart<Detections> start, List<String> classNames) {
        super(start);
        this.classNames = List.copyOf(classNames);
    }

    /**
     * Begins a run, or continues an earlier one of the same identity.
     *
     * @param output     result folder, made where missing; null: nothing is written
     * @param input      file or folder that is read; null where it is no file
     * @param identity   what must agree to continue
     * @param classNames by the labels of boxes
     * @throws io.github.lesionj.core.UsageException where the folder is the input or lies in it, is in use by another
     *         run, or holds results from other settings (says which)
     */
    public static DetectionRun open(Path output, Path input, RunIdentity identity, List<String> classNames) {
        return new DetectionRun(RunStart.of(output, input, identity, new DetectionTables(classNames)), classNames);
    }

    /**
     * Adds a finished item, also one on which nothing was found; its files are written already.
     *
     * @throws io.github.lesionj.core.LesionJException when the row cannot be written, mostly a full disk: the run must end then
     */
    public synchronized void add(Detections found) {
        if (!found.classNames().equals(classNames)) {
            throw new IllegalArgumentException("Boxes of " + found.classNames() + " in a run of " + classNames);
        }
        keep(found);
        note(found);
    }

    /** Takes over an earlier item as it stands; its files are there. */
    @Override
    public synchronized void reuse(ItemKey item) {
        super.reuse(item);
        earlier(item).ifPresent(this::note);
    }

    private void note(Detections found) {
        found.notes().forEach(note -> ledger().remark(found.item().path(), note));
    }

    @Override
    DetectionSet results(RunStatus status, RunIdentity identity, List<Detections> ordered, List<Failure> failed) {
        return new DetectionSet(status, identity, classNames, ordered, failed);
    }

    @Override
    void export(ResultExporter exporter, DetectionSet results, Path root) {
        exporter.export(results, root);
    }
}
