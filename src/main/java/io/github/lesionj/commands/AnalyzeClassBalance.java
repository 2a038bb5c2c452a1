package io.github.lesionj.commands;

import ij.gui.Plot;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.ClassBalance;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.results.Plots;
import io.github.lesionj.results.TextTable;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Counts the classes of a data set and says what to do about their imbalance. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Analyze Class Balance...", headless = true,
    description = "Counts the classes of a labelled data set and suggests how to train on it.")
public final class AnalyzeClassBalance extends LesionCommand {

    @Parameter(label = "Data", style = "both", required = false, persist = false,
        description = "A folder with one sub-folder per class, a CSV with path and label, or a MedMNIST npz; #split picks a split.")
    private String data = "";

    @Parameter(label = "Class names", required = false, persist = false,
        description = "Names of the classes in their order, with commas; empty = as the data names them.")
    private String class_names = "";

    @Parameter(label = "Output", style = "directory", required = false, persist = false,
        description = "Folder for the table and the plot; empty = it is only shown.")
    private String output = "";

    @Override
    protected ExitStatus execute() {
        if (data.isBlank()) {
            throw new UsageException("No data was named; give a folder, a CSV or an npz with data=.");
        }
        LabelledSet set = LabelledSets.open(DataReference.parse(data), ClassNaming.parse(class_names));
        ClassBalance balance = ClassBalance.of(set);
        print(TextTable.of(rows(balance)) + "\n" + balance.suggestion());
        set.rejected().forEach(item -> warn(item.name() + ": " + item.reason()));
        Map<String, Integer> counts = new LinkedHashMap<>();
        balance.classes().forEach(each -> counts.put(each.name(), each.count()));
        Supplier<Plot> plot = () -> Plots.classBalance("Class balance of " + set.name(), counts);
        if (!output.isBlank()) {
            WholeFile.write(Path.of(output, "class_balance.csv"), String.join("", rows(balance).stream().map(Csv::line).toList()));
            Plots.write(Path.of(output, "plots", "class_balance.png"), plot);
        } else if (!GraphicsEnvironment.isHeadless()) {
            plot.get().show();
        }
        return ExitStatus.DONE;
    }

    private static List<List<String>> rows(ClassBalance balance) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("class", "count", "percent", "imbalance"));
        for (ClassBalance.ClassCount each : balance.classes()) {
            rows.add(List.of(each.name(), Integer.toString(each.count()), String.format(Locale.ROOT, "%.1f", each.percentage()),
                Double.isInfinite(each.factor()) ? "infinite" : String.format(Locale.ROOT, "%.2f", each.factor())));
        }
        return rows;
    }
}
