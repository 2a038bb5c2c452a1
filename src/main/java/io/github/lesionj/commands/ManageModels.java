package io.github.lesionj.commands;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.InstalledModel;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelStore;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.results.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Lists, installs, verifies, exports and removes model packages. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Manage Models...", headless = true,
    description = "Lists the installed models; installs, verifies, exports or removes one.")
public final class ManageModels extends EngineCommand {

    @Parameter(label = "Action", choices = {"list", "install", "verify", "export", "remove"}, required = false, persist = false,
        description = "list = what is installed; install = take a folder or zip into your models; verify = let a model "
            + "reproduce its test tensors on this machine; export = write a model's zip, or its weights as .safetensors; remove = delete one of your models.")
    private String action = "list";

    @Parameter(label = "Model", style = "both", required = false, persist = false,
        description = "Name of an installed model, or a package's folder or zip (not needed to list).")
    private String model = "";

    @Parameter(label = "Output", style = "save", required = false, persist = false,
        description = "For export: the file to write; .zip = the whole package, .safetensors = the weights, with torchvision's names "
            + "and layout where torchvision has the network.")
    private String output = "";

    @Parameter(label = "Device", choices = {"auto", "cpu", "gpu", "gpu:0"}, required = false, persist = false,
        description = "For install and verify: what the network runs on.")
    private String device = "auto";

    @Override
    public List<String> suggestions(String key) {
        return key.equals("model") ? ModelLibrary.store().names() : List.of();
    }

    @Override
    protected ExitStatus execute() {
        ModelStore store = ModelLibrary.store();
        if (action.equals("list")) {
            print(table(store.list()));
            return ExitStatus.DONE;
        }
        if (model.isBlank()) {
            throw new UsageException("action=" + action + " needs a model; give its name, folder or zip with model=.");
        }
        switch (action) {
            case "install" -> print("Installed in " + store.install(Path.of(model), this::verify) + ".");
            case "verify" -> verify(store.find(model));
            case "export" -> export(store);
            default -> remove(store);
        }
        return ExitStatus.DONE;
    }

    private void verify(ModelPackage opened) {
        progress().report(0, 1, "Verifying " + opened.card().name());
        double difference = ModelLibrary.verify(opened, backend(), device);
        print(String.format(Locale.ROOT, "%s %s reproduces its test tensors (largest difference %.2g).",
            opened.card().name(), opened.card().version(), difference));
    }

    private void export(ModelStore store) {
        if (output.isBlank()) {
            throw new UsageException("action=export needs the zip file to write, or a .safetensors file for the weights alone; give it"
                + " with output=.");
        }
        if (output.toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            ModelLibrary.exportWeights(store.find(model), backend(), Path.of(output)).forEach(this::print);
            return;
        }
        store.export(model, Path.of(output));
        print("Wrote " + output + ".");
    }

    private void remove(ModelStore store) {
        store.remove(model);
        print("Removed " + model + ".");
    }

    private static String table(List<InstalledModel> models) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("name", "version", "task", "classes", "from", "note"));
        for (InstalledModel each : models) {
            rows.add(List.of(each.name(), each.version(), each.task(), classes(each), each.shipped() ? "LesionJ" : "user",
                each.problem() == null ? each.description() : each.problem()));
        }
        return models.isEmpty() ? "No model is installed." : TextTable.of(rows);
    }

    private static String classes(InstalledModel model) {
        return model.problem() == null ? String.join(",", model.card().classNames()) : "";
    }
}
