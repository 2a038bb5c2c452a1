package io.github.lesionj.commands;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Json;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.results.TextTable;
import io.github.lesionj.runtime.EngineReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** What is installed, which device will be used and why, with a self-test. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Devices and Runtime...", headless = true,
    description = "Shows versions, devices, memory, and whether the engine works, as a table and as JSON.")
public final class DevicesAndRuntime extends EngineCommand {

    @Parameter(label = "Save as JSON", style = "save", required = false, persist = false,
        description = "A file to write the report to; empty = it is only shown.")
    private String output = "";

    @Override
    protected ExitStatus execute() {
        progress().report(0, 1, "Starting TensorFlow");
        Map<String, Object> report = report(backend().report());
        String json = Json.pretty(report);
        print(TextTable.of(report) + "\n" + json.strip());
        if (!output.isBlank()) {
            WholeFile.write(Path.of(output), json);
        }
        return ExitStatus.DONE;
    }

    private static Map<String, Object> report(EngineReport engine) {
        Runtime java = Runtime.getRuntime();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("LesionJ", version());
        report.put("engine", engine.engine());
        report.put("TensorFlow", engine.tensorFlow());
        report.put("native library", engine.nativeFolder());
        report.put("oneDNN", engine.oneDnn());
        report.put("devices", String.join(", ", engine.devices()));
        report.put("device=auto takes", engine.chosen());
        report.put("because", engine.reason());
        report.put("threads", engine.intraThreads() == 0 ? "all " + java.availableProcessors() + " cores" : engine.intraThreads());
        report.put("Java", System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")");
        report.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        report.put("memory for Java in MB", java.maxMemory() >> 20);
        report.put("self-test in ms", Math.round(engine.selfTestMillis()));
        return report;
    }

    private static String version() {
        String version = DevicesAndRuntime.class.getPackage().getImplementationVersion();
        return version == null ? "from classes" : version;
    }
}
