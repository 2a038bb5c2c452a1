package io.github.lesionj.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;

/**
 * What Fiji does with the commands on its class path: lists those of a menu with the CommandService, and runs one.
 *
 * <p>Arguments: a label, then {@code key=value} each.
 */
public final class FijiCommands {

    private FijiCommands() {
    }

    public static void main(String[] arguments) throws Exception {
        try (Context context = new Context()) {
            CommandService commands = context.service(CommandService.class);
            CommandInfo wanted = null;
            for (CommandInfo info : commands.getCommands()) {
                if (info.getMenuPath().getMenuString().startsWith("Plugins > LesionJ")) {
                    System.out.println(info.getMenuPath().getLeaf().getName());
                    wanted = info.getMenuPath().getLeaf().getName().equals(arguments[0]) ? info : wanted;
                }
            }
            Map<String, Object> inputs = new LinkedHashMap<>();
            for (String argument : List.of(arguments).subList(1, arguments.length)) {
                inputs.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
            }
            // The CommandService gives no Future for a command that is a module itself (a DynamicCommand).
            context.service(ModuleService.class).run(wanted, true, inputs).get();
        }
        System.exit(Integer.getInteger("lesionj.exit", 0));
    }
}
