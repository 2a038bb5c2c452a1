package io.github.lesionj.results;

import java.nio.file.Path;
import org.scijava.plugin.SciJavaPlugin;

/**
 * An extension point: writes results in one more format at the end of every run that has an output folder.
 *
 * <p>Annotate with {@code @Plugin(type = ResultExporter.class, name = "geojson")}; SciJava finds it in any jar. Throw
 * {@link io.github.lesionj.core.LesionJException} with one sentence when it cannot write; the run's own results stay.
 */
public interface ResultExporter extends SciJavaPlugin {

    /**
     * Writes the results of a classification.
     *
     * @param results everything the run found
     * @param folder  the result folder
     */
    void export(ResultSet results, Path folder);

    /**
     * Writes the results of a detection; by default nothing.
     *
     * @param results everything the run found
     * @param folder  the result folder
     */
    default void export(DetectionSet results, Path folder) {
        // not every format is one for boxes
    }
}
