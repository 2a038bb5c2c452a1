package io.github.lesionj.probe;

import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A command with every kind of key, which writes down what it was given; tests drop it into the plugins folder. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Probe...", headless = true,
    description = "Writes its keys to a file.")
public class ProbeCommand extends LesionCommand {

    /** What {@code mood} may be. */
    public enum Mood {
        CALM, KEEN
    }

    @Parameter(label = "Input", description = "A file, folder or text.", style = "both", required = false, persist = false)
    private String input = "";

    @Parameter(label = "Model", description = "An installed model.", style = "both", required = false,
        persist = false)
    private String model = "";

    @Parameter(label = "Output", description = "The folder for the results.", style = "directory", required = false,
        persist = false)
    private String output = "";

    @Parameter(label = "Threshold", description = "A number.", min = "0", max = "1", stepSize = "0.05", required = false,
        persist = false)
    private double threshold = 0.5;

    @Parameter(label = "Count", description = "A whole number.", min = "1", required = false, persist = false)
    private int count = 7;

    @Parameter(label = "Explain", description = "How to explain.", choices = {"auto", "cam", "none"}, required = false,
        persist = false)
    private String explain = "auto";

    @Parameter(label = "Flag", description = "Yes or no.", required = false, persist = false)
    private boolean flag;

    @Parameter(label = "Mood", description = "A constant.", required = false, persist = false)
    private Mood mood = Mood.CALM;

    @Parameter(label = "Table", description = "A file.", required = false, persist = false)
    private File table;

    @Parameter(label = "Seed", description = "Where chance begins.", required = false, persist = false,
        attrs = @Attr(name = ADVANCED))
    private long seed = 1;

    @Parameter(label = "Rate", description = "A small number.", required = false, persist = false,
        attrs = @Attr(name = ADVANCED))
    private float rate = 0.001f;

    @Parameter(label = "End", description = "How it ends.", required = false, persist = false,
        choices = {"done", "partial", "failed", "broken", "memory", "cancelled"}, attrs = @Attr(name = ADVANCED))
    private String end = "done";

    @Override
    public List<String> suggestions(String key) {
        return key.equals("model") ? List.of("phantom-lesion", "pneumonia-xray") : List.of();
    }

    @Override
    protected ExitStatus execute() {
        StringBuilder rows = new StringBuilder();
        keyValues().forEach((key, value) -> rows.append(Csv.line(List.of(key, value))));
        if (output.isEmpty()) {
            print(rows.toString().strip());
        } else {
            WholeFile.write(Path.of(output, "results.csv"), rows.toString());
        }
        progress().report(1, 1, "Probing");
        return ending();
    }

    private ExitStatus ending() {
        switch (end) {
            case "partial":
                warn("one of two items failed");
                return ExitStatus.PARTIAL;
            case "failed":
                throw new LesionJException("The probe failed\nas it was told to; take end=done.");
            case "broken":
                throw new IllegalStateException("a fault of ours");
            case "memory":
                throw new OutOfMemoryError("Java heap space");
            case "cancelled":
                throw new CancelledException();
            default:
                return ExitStatus.DONE;
        }
    }
}
