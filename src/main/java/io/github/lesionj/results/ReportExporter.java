package io.github.lesionj.results;

import java.nio.file.Path;
import org.scijava.plugin.Plugin;

/** {@code index.html} of a result folder: overlays, table and failures, for people who would rather look than read. */
@Plugin(type = ResultExporter.class, name = "report")
public final class ReportExporter implements ResultExporter {

    @Override
    public void export(ResultSet results, Path folder) {
        page(results.identity(), folder).results(results, folder).write();
    }

    @Override
    public void export(DetectionSet results, Path folder) {
        page(results.identity(), folder).results(results, folder).write();
    }

    private static HtmlReport page(RunIdentity identity, Path folder) {
        return new HtmlReport(folder, identity.command().replace("...", "") + ": " + folder.toAbsolutePath().normalize().getFileName());
    }
}
