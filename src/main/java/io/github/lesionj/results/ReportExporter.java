package io.github.lesionj.results;

import java.nio.file.Path;
import org.scijava.plugin.Plugin;

/** {@code index.html} of a result folder: overlays, table and failures, for people who would rather look than read. */
@Plugin(type = ResultExporter.class, name = "report")
public final class ReportExporter implements ResultExporter {

    @Override
    public void export(ResultSet results, Path folder) {
        new HtmlReport(folder, results.identity().command().replace("...", "") + ": " + folder.toAbsolutePath().normalize().getFileName())
            .results(results, folder).write();
    }
}
