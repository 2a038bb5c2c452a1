package io.github.lesionj.commands;

import io.github.lesionj.results.ResultExporter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

/** The exporters of this installation, ours and those of foreign jars. */
final class Exporters {

    private Exporters() {
    }

    /** New instances by the name of their annotation. */
    static Map<String, ResultExporter> installed(PluginService plugins) {
        Map<String, ResultExporter> exporters = new LinkedHashMap<>();
        for (PluginInfo<ResultExporter> info : plugins.getPluginsOfType(ResultExporter.class)) {
            String name = info.getName() == null || info.getName().isEmpty() ? info.getClassName() : info.getName();
            exporters.put(name, plugins.createInstance(info));
        }
        return exporters;
    }
}
