package io.github.lesionj.commands;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Json;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.pipeline.SuggestModel;
import io.github.lesionj.pipeline.Suggestion;
import io.github.lesionj.results.TextTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Looks at a data set and proposes how to train on it, each setting with its reason and source. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Suggest Model...", headless = true,
    description = "Looks at your labelled images and this machine, and proposes network and settings, each with its reason.")
public final class SuggestModelCommand extends EngineCommand {

    private static final String TRAIN = "Train Classifier...";

    @Parameter(label = "Data", style = "both", required = false, persist = false,
        description = "A folder with one sub-folder per class, a CSV with path and label, or a MedMNIST npz; #split picks a split.")
    private String data = "";

    @Parameter(label = "Class names", required = false, persist = false,
        description = "Names of the classes in their order, with commas; empty = as the data names them.")
    private String class_names = "";

    @Parameter(label = "Task", choices = {"auto", "classification", "detection", "segmentation", "volume", "slide"}, required = false,
        persist = false, description = "What is to be learned; auto = what the data looks like. For what LesionJ does not do, it says what "
            + "to use instead.")
    private String task = "auto";

    @Parameter(label = "Output", style = "directory", required = false, persist = false,
        description = "Folder for suggestion.json, and for the training; empty = it is only shown, and the training goes beside the data.")
    private String output = "";

    @Parameter(label = "Train", required = false, persist = false, description = "Whether the suggested training starts at once.")
    private boolean train = false;

    @Parameter(label = "Seed", min = "0", required = false, persist = false, description = "Decides which 500 images are looked at.")
    private long seed = 1;

    @Parameter
    private CommandService commands;

    @Parameter
    private ModuleService modules;

    @Override
    protected ExitStatus execute() {
        if (data.isBlank()) {
            throw new UsageException("No data was named; give a folder, a CSV or an npz with data=.");
        }
        Suggestion suggestion = SuggestModel.of(data, class_names, task, seed, imageFiles(), progress());
        Map<String, String> keys = suggestion.decisions().isEmpty() ? Map.of() : trainingKeys(suggestion);
        say(suggestion, keys);
        if (!output.isBlank()) {
            WholeFile.write(Path.of(output, "suggestion.json"), json(suggestion, keys));
        }
        if (!train) {
            return ExitStatus.DONE;
        }
        if (keys.isEmpty()) {
            throw new UsageException("There is no training to start: " + String.join(" ", suggestion.instead()));
        }
        return runWithin((LesionCommand) modules.createModule(commands.getCommand(TrainClassifierCommand.class)), keys);
    }

    /** Everything that the form of a training needs. */
    private Map<String, String> trainingKeys(Suggestion suggestion) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("data", data);
        keys.putAll(suggestion.keys());
        if (!class_names.isBlank()) {
            keys.put("class_names", class_names);
        }
        keys.put("output", trainingFolder().toString());
        return keys;
    }

    private Path trainingFolder() {
        if (!output.isBlank()) {
            return Path.of(output, "training");
        }
        Path path = DataReference.parse(data).path().toAbsolutePath().normalize();
        return path.resolveSibling(path.getFileName().toString().replaceFirst("\\.(csv|npz)$", "") + "-training");
    }

    private static String line(Map<String, String> keys) {
        return "run(\"" + TRAIN + "\", \"" + MacroText.write(keys) + "\");";
    }

    private void say(Suggestion suggestion, Map<String, String> keys) {
        StringBuilder text = new StringBuilder(TextTable.of(suggestion.found()));
        suggestion.instead().forEach(sentence -> text.append('\n').append(sentence));
        if (!keys.isEmpty()) {
            text.append("\n\n").append(suggestion.text()).append('\n').append(line(keys));
        }
        print(text.toString());
        if (!Reporter.isHeadless() && !keys.isEmpty()) {
            SuggestionWindow.show(suggestion.decisions(), TRAIN, MacroText.write(keys), train);
        }
    }

    private static String json(Suggestion suggestion, Map<String, String> keys) {
        Map<String, Object> json = suggestion.toMap();
        json.put("macro", keys.isEmpty() ? null : line(keys));
        return Json.pretty(json);
    }
}
