package io.github.lesionj.commands;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import java.util.function.Supplier;

/**
 * How a command ended.
 *
 * @param status    its exit status
 * @param sentence  what the user is told, one line; null when there is nothing to tell
 * @param cause     for a stack trace where one is asked for; null when nothing was thrown
 */
record Outcome(ExitStatus status, String sentence, Throwable cause) {

    /** Runs a command to its end, whatever it throws. */
    static Outcome of(String command, Supplier<ExitStatus> job) {
        try {
            return new Outcome(job.get(), null, null);
        } catch (LesionJException e) {
            return new Outcome(e.exitStatus(), oneLine(command + ": " + e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            return new Outcome(ExitStatus.FAILED, command + ": there is not enough memory; raise it in Edit > Options > "
                + "Memory & Threads (without a display: LESIONJ_MEMORY), or take a smaller batch.", e);
        } catch (RuntimeException | Error e) {
            return new Outcome(ExitStatus.FAILED, oneLine(command + " stopped because of an error of its own, " + name(e)
                + "; run it with bin/lesionj --debug and report what it prints."), e);
        }
    }

    boolean isCancelled() {
        return cause instanceof CancelledException;
    }

    /** Whether a macro has to end here: a finished run, also one with failed items, lets it go on. */
    boolean stopsMacro() {
        return status == ExitStatus.FAILED || status == ExitStatus.USAGE;
    }

    private static String name(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
