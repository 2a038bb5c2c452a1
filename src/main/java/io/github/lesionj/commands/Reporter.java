package io.github.lesionj.commands;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import io.github.lesionj.core.ExitStatus;
import java.awt.GraphicsEnvironment;
import java.util.Arrays;

/** Tells the user how a command ended, in the way of the host: a dialog, a stopped macro, a line and an exit status. */
public final class Reporter {

    /** System property that holds the worst exit status so far; read by {@code bin/lesionj} at its end. */
    public static final String EXIT_PROPERTY = "lesionj.exit";

    /** System property that asks for stack traces. */
    public static final String DEBUG_PROPERTY = "lesionj.debug";

    private static final String TITLE = "LesionJ";

    private Reporter() {
    }

    /** Whether there is nobody to show a window to. */
    static boolean isHeadless() {
        return GraphicsEnvironment.isHeadless() || IJ.getInstance() == null;
    }

    static void print(String text) {
        if (isHeadless()) {
            System.out.println(text);
        } else {
            IJ.log(text);
        }
    }

    static void warn(String line) {
        if (isHeadless()) {
            System.err.println(line);
        } else {
            IJ.log(line);
        }
    }

    static void report(Outcome outcome) {
        remember(outcome.status());
        trace(outcome.cause());
        if (!outcome.stopsMacro()) {
            return;
        }
        if (isHeadless()) {
            System.err.println(outcome.sentence());
            stopMacro();
        } else if (outcome.isCancelled()) {
            IJ.showStatus(outcome.sentence());
            stopMacro();
        } else {
            showError(outcome.sentence());
        }
    }

    /** Tells of a failure outside of any command. */
    public static void fail(ExitStatus status, String sentence, Throwable cause) {
        report(new Outcome(status, sentence, cause));
    }

    private static synchronized void remember(ExitStatus status) {
        int worst = Integer.getInteger(EXIT_PROPERTY, 0);
        boolean stopped = worst == ExitStatus.FAILED.code() || worst == ExitStatus.USAGE.code();
        if (status != ExitStatus.DONE && !stopped) {
            System.setProperty(EXIT_PROPERTY, Integer.toString(status.code()));
        }
    }

    private static void trace(Throwable cause) {
        if (cause != null && Boolean.getBoolean(DEBUG_PROPERTY)) {
            for (Throwable thrown = cause; thrown != null; thrown = thrown.getCause()) {
                System.err.println(thrown);
                Arrays.stream(thrown.getStackTrace()).forEach(element -> System.err.println("    at " + element));
            }
        }
    }

    /** Ends the running macro without ImageJ's own dialog, which would throw where there is no display. */
    private static void stopMacro() {
        Interpreter interpreter = Interpreter.getInstance();
        if (interpreter != null && (isHeadless() || Macro.getOptions() != null)) {
            interpreter.abort((String) null);
        }
        stopping(Macro::abort);
    }

    private static void showError(String sentence) {
        stopping(() -> IJ.error(TITLE, sentence));
    }

    /** The macro is marked as stopped before ImageJ throws; SciJava would only print that exception with its trace. */
    private static void stopping(Runnable abort) {
        try {
            abort.run();
        } catch (RuntimeException e) {
            if (!Macro.MACRO_CANCELED.equals(e.getMessage())) {
                throw e;
            }
        }
    }
}
