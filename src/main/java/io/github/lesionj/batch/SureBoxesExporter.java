package io.github.lesionj.batch;

import io.github.lesionj.results.DetectionSet;
import io.github.lesionj.results.ResultExporter;
import io.github.lesionj.results.ResultSet;
import java.nio.file.Path;

/**
 * An exporter that is given the boxes from a threshold on.
 *
 * @param exporter  writes
 * @param threshold least score
 */
record SureBoxesExporter(ResultExporter exporter, double threshold) implements ResultExporter {

    @Override
    public void export(ResultSet results, Path folder) {
        exporter.export(results, folder);
    }

    @Override
    public void export(DetectionSet results, Path folder) {
        exporter.export(new DetectionSet(results.status(), results.identity(), results.classNames(), results.rows().stream()
            .map(row -> row.with(row.boxes().stream().filter(box -> box.score() >= threshold).toList())).toList(), results.failures()), folder);
    }
}
