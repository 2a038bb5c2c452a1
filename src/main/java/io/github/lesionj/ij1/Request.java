package io.github.lesionj.ij1;

import io.github.lesionj.commands.CommandKey;
import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.core.UsageException;
import java.io.File;
import org.scijava.Context;
import org.scijava.command.CommandInfo;

/** What {@code bin/lesionj} asks beside commands: a list, help, a script. */
final class Request {

    private final Context context;
    private final CommandRunner runner;

    Request(Context context, CommandRunner runner) {
        this.context = context;
        this.runner = runner;
    }

    /** @param request {@code --list}, {@code --help LABEL} or {@code --script FILE}, an argument on a second line */
    void answer(String request) {
        String word = request.split(" ", 2)[0];
        String rest = request.substring(word.length()).strip();
        switch (word) {
            case "--list" -> runner.commands().forEach(info -> System.out.println(CommandRunner.label(info)));
            case "--help" -> System.out.print(help(rest));
            case "--script" -> runScript(rest.split("\n", 2));
            default -> throw new UsageException("There is no option " + word + "; bin/lesionj --help shows them.");
        }
    }

    private String help(String label) {
        CommandInfo info = runner.find(label);
        StringBuilder text = new StringBuilder(label).append('\n');
        if (!info.getDescription().isEmpty()) {
            text.append("  ").append(info.getDescription()).append('\n');
        }
        LesionCommand command = runner.create(label);
        for (CommandKey key : command.keys()) {
            text.append(CommandHelp.lines(key, command.suggestions(key.name())));
        }
        return text.toString();
    }

    private void runScript(String[] fileAndArgument) {
        new ScriptRunner(context).run(new File(fileAndArgument[0]), fileAndArgument.length > 1 ? fileAndArgument[1] : "");
    }
}
