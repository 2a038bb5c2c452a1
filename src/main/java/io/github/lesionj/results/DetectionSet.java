package io.github.lesionj.results;

import java.util.List;

/**
 * Everything a run of a detector found, typed; what scripts get and exporters write.
 *
 * @param status     how the run ended
 * @param identity   command, keys, models and inputs
 * @param classNames by the labels of boxes
 * @param rows       one per finished item, in the order of the inputs, also where nothing was found
 * @param failures   items that could not be finished
 */
public record DetectionSet(RunStatus status, RunIdentity identity, List<String> classNames, List<Detections> rows, List<Failure> failures)
        implements RunResults {

    public DetectionSet {
        classNames = List.copyOf(classNames);
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
    }

    /** All boxes. */
    public int boxes() {
        return rows.stream().mapToInt(row -> row.boxes().size()).sum();
    }
}
