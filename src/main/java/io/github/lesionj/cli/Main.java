package io.github.lesionj.cli;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Starts ImageJ without a display, runs one command, macro or script in it, and exits with its status.
 *
 * <p>ImageJ's own plugin loader finds LesionJ in the plugins folder (system property {@code plugins.dir}), as it does
 * for a user.
 */
public final class Main {

    private static final String USAGE = """
        Usage: bin/lesionj [--debug] [--threads N] WHAT
          "Classify Image..." key=value ...   one command; a value is taken as it stands, blanks and all
          FILE.ijm ['ARGUMENT']               an ImageJ macro
          FILE.groovy ['ARGUMENT']            a script
          --list                              all commands
          --help ["Classify Image..."]        this text; a command's keys, types, defaults and meaning
          --version                           the version
        Exit status: 0 done; 1 failed; 2 wrong use; 3 finished, but some items failed and are listed.
        """;

    private Main() {
    }

    /** Exits with the status that bin/lesionj promises. */
    public static void main(String[] arguments) {
        System.exit(run(new ArrayDeque<>(Arrays.asList(arguments))));
    }

    private static int run(Deque<String> arguments) {
        if (!readOptions(arguments)) {
            System.err.println("--threads needs a whole number from 1 on, such as --threads 4.");
            return 2;
        }
        String what = arguments.isEmpty() ? "--help" : arguments.poll();
        if (what.equals("--version")) {
            System.out.println("LesionJ " + Main.class.getPackage().getImplementationVersion());
            return 0;
        }
        if (what.equals("--help") && arguments.isEmpty()) {
            System.out.print(USAGE);
            return 0;
        }
        System.setProperty("java.util.prefs.PreferencesFactory", NoPreferences.class.getName());
        ImageJPatches.apply();
        return HeadlessImageJ.run(what, arguments);
    }

    private static boolean readOptions(Deque<String> arguments) {
        while (!arguments.isEmpty()) {
            if (arguments.peek().equals("--debug")) {
                System.setProperty("lesionj.debug", "true");
            } else if (arguments.peek().equals("--threads")) {
                arguments.poll();
                if (arguments.isEmpty() || !arguments.peek().matches("[1-9]\\d{0,4}")) {
                    return false;
                }
                System.setProperty("lesionj.threads", arguments.peek());
            } else {
                return true;
            }
            arguments.poll();
        }
        return true;
    }
}
