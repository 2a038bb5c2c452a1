package io.github.lesionj.commands;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ResultExporter;
import io.github.lesionj.results.RunStatus;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.TensorFlowService;
import java.util.List;
import java.util.Map;
import org.scijava.convert.ConvertService;
import org.scijava.io.IOService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.PluginService;

/** A form whose job needs the engine, opens images, and writes results. */
abstract class EngineCommand extends LesionCommand {

    @Parameter
    private TensorFlowService runtime;

    @Parameter
    private PluginService plugins;

    @Parameter(required = false)
    private IOService opener;

    @Parameter(required = false)
    private ConvertService converter;

    /** What lies behind the wall; it starts with the first need. */
    protected final Backend backend() {
        return runtime.backend();
    }

    /** Opens image files by every reader that is installed. */
    protected final ImageFiles imageFiles() {
        return new ImageFiles(opener, converter);
    }

    /** Result exporters of this installation. */
    protected final Map<String, ResultExporter> exporters() {
        return Exporters.installed(plugins);
    }

    /**
     * Lists what failed; where everything did, that is the end of the command.
     *
     * @param done what became of the others, such as {@code classified}
     */
    protected final ExitStatus end(RunStatus status, List<Failure> failures, String done) {
        List<String> failed = failures.stream().map(failure -> failure.image() + ": " + failure.reason()).toList();
        if (status != RunStatus.FAILED || failed.isEmpty()) {
            failed.forEach(this::warn);
            return status.exitStatus();
        }
        failed.stream().skip(1).forEach(this::warn);
        throw new LesionJException(failed.size() == 1 ? failed.get(0) : "None of " + failed.size() + " images could be " + done + "; "
            + failed.get(0));
    }
}
