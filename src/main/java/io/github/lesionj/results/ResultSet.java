package io.github.lesionj.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a run found, typed; what scripts get and exporters write.
 *
 * @param status     how the run ended
 * @param identity   command, keys, models and inputs
 * @param classNames in the order of the probabilities
 * @param rows       one per finished item, in the order of the inputs
 * @param failures   items that could not be finished
 * @param regions    what the maps point at, by item; items without a map are missing
 */
public record ResultSet(RunStatus status, RunIdentity identity, List<String> classNames, List<Classification> rows,
        List<Failure> failures, Map<ItemKey, List<Region>> regions) implements RunResults {

    public ResultSet {
        classNames = List.copyOf(classNames);
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
        regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
    }
}
