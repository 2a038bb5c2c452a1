package io.github.lesionj.cli;

import ij.IJ;
import ij.Macro;
import ij.Menus;
import ij.macro.Interpreter;
import ij.plugin.frame.Editor;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;

/** Runs commands, macros and scripts in the patched ImageJ; loaded after the patches are in place. */
final class HeadlessImageJ {

    private static final String LAUNCHER = "io.github.lesionj.ij1.Launcher";
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private HeadlessImageJ() {
    }

    /** The exit status of what was asked for. */
    static int run(String what, Deque<String> arguments) {
        Thread.currentThread().setName("Run$_main");
        IJ.runPlugIn("ij.IJ.init", "");
        GroupColors.provide();
        if (what.startsWith("--")) {
            return runLauncher((what + " " + String.join(" ", arguments)).strip());
        }
        if (what.matches(".*\\.(ijm|txt)")) {
            return runMacro(Path.of(what), argument(arguments));
        }
        if (what.matches(".*\\.\\w+") && !Menus.getCommands().containsKey(what)) {
            return runScript(Path.of(what), argument(arguments));
        }
        return runCommand(what, arguments);
    }

    private static String argument(Deque<String> arguments) {
        return String.join(" ", arguments);
    }

    private static int runLauncher(String request) {
        if (IJ.runPlugIn(LAUNCHER, request) == null) {
            return fail(FAILED, "LesionJ_.jar is not in " + Menus.getPlugInsPath() + "; run bin/setup again.");
        }
        return status();
    }

    private static int runScript(Path file, String argument) {
        return Files.isRegularFile(file) ? runLauncher("--script " + file + "\n" + argument) : missing(file);
    }

    private static int missing(Path file) {
        return fail(USAGE, "There is no file " + file + "; check its name.");
    }

    private static int runCommand(String label, Deque<String> arguments) {
        if (!Menus.getCommands().containsKey(label)) {
            return fail(USAGE, "There is no command \"" + label + "\"; bin/lesionj --list shows them.");
        }
        StringBuilder options = new StringBuilder();
        for (String argument : arguments) {
            options.append(option(argument)).append(' ');
        }
        try {
            IJ.run(label, options.toString().strip());
        } catch (RuntimeException e) {
            if (!Macro.MACRO_CANCELED.equals(e.getMessage())) {
                throw e;
            }
        }
        return status();
    }

    /** The form of a value that needs no brackets: the shell has delimited it already. */
    private static String option(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 0) {
            return argument;
        }
        String value = URLEncoder.encode(argument.substring(equals + 1), StandardCharsets.UTF_8).replace("+", "%20");
        return argument.substring(0, equals + 1) + "%[" + value + "]";
    }

    private static int runMacro(Path file, String argument) {
        if (!Files.isRegularFile(file)) {
            return missing(file);
        }
        Interpreter interpreter = new Interpreter();
        PrintStream error = System.err;
        try (PrintStream filtered = new WithoutMacroErrors(error)) {
            System.setErr(filtered);
            interpreter.run(Editor.doInclude(Files.readString(file)), argument);
        } catch (IOException e) {
            return fail(USAGE, "Cannot read " + file + "; save it as text in UTF-8.");
        } catch (RuntimeException e) {
            trace(e);
        } finally {
            System.setErr(error);
        }
        String message = interpreter.getErrorMessage();
        if (message == null || status() == FAILED || status() == USAGE) {
            return status();
        }
        return fail(FAILED, file + " stopped in line " + Math.max(1, interpreter.getLineNumber() - 1) + ": "
            + message.replaceAll("\\s*\\R\\s*", " ") + ".");
    }

    /** ImageJ prints a macro's error as a dialog's text of several lines; we say it in one. */
    private static final class WithoutMacroErrors extends PrintStream {

        private WithoutMacroErrors(PrintStream error) {
            super(error, true, StandardCharsets.UTF_8);
        }

        @Override
        public void println(String text) {
            if (text == null || !text.startsWith("Macro Error:")) {
                super.println(text);
            }
        }

        @Override
        public void close() {
            flush();
        }
    }

    private static int fail(int status, String sentence) {
        System.err.println(sentence);
        return status;
    }

    private static void trace(Throwable thrown) {
        if (Boolean.getBoolean("lesionj.debug")) {
            System.err.println(thrown);
        }
    }

    /** What the commands of this run have reported. */
    private static int status() {
        return Integer.getInteger("lesionj.exit", 0);
    }
}
