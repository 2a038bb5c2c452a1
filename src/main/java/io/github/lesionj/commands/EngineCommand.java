package io.github.lesionj.commands;

import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.results.ResultExporter;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.TensorFlowService;
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
}
