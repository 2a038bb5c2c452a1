package io.github.lesionj.ij1;

import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.core.UsageException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.scijava.Context;
import org.scijava.InstantiableException;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

/** Finds LesionJ's commands in a SciJava context and runs them on the calling thread, as ImageJ's macros expect. */
final class CommandRunner {

    private final Context context;

    CommandRunner(Context context) {
        this.context = context;
    }

    /** All commands of LesionJ and of its extensions, by label. */
    List<CommandInfo> commands() {
        return context.service(CommandService.class).getCommandsOfType(Command.class).stream()
            .filter(info -> !info.getMenuPath().isEmpty() && isOurs(info))
            .sorted(Comparator.comparing(CommandRunner::label)).toList();
    }

    private static boolean isOurs(CommandInfo info) {
        try {
            return info.getMenuPath().size() > 2 && info.getMenuPath().get(1).getName().equals("LesionJ")
                && LesionCommand.class.isAssignableFrom(info.loadClass());
        } catch (InstantiableException e) {
            return false;
        }
    }

    static String label(CommandInfo info) {
        return info.getMenuPath().getLeaf().getName();
    }

    CommandInfo find(String label) {
        return commands().stream().filter(info -> label(info).equals(label)).findFirst()
            .orElseThrow(() -> new UsageException("LesionJ has no command \"" + label + "\"; bin/lesionj --list shows them."));
    }

    private static Class<?> type(CommandInfo info) {
        try {
            return info.loadClass();
        } catch (InstantiableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new instance of a command with its services. */
    LesionCommand create(String label) {
        CommandInfo info = find(label);
        Services.startFor(type(info), context);
        return (LesionCommand) context.service(ModuleService.class).createModule(info).getDelegateObject();
    }

    /** Runs a command to its end with SciJava's pre- and postprocessors; it tells the user itself how it went. */
    void run(LesionCommand command, Map<String, Object> inputs) {
        Services.startAll(context);
        Module module = command;
        inputs.forEach((name, value) -> {
            module.setInput(name, value);
            module.resolveInput(name);
        });
        PluginService plugins = context.service(PluginService.class);
        new ModuleRunner(context, module, plugins.createInstancesOfType(PreprocessorPlugin.class),
            plugins.createInstancesOfType(PostprocessorPlugin.class)).run();
    }
}
