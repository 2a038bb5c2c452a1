package io.github.lesionj.ij1;

import ij.IJ;
import ij.Macro;
import ij.plugin.frame.Recorder;
import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.commands.Reporter;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import java.awt.GraphicsEnvironment;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scijava.Context;

/**
 * Runs SciJava commands from ImageJ's menu and macros: the one owner of SciJava's context in a plain ImageJ.
 *
 * <p>In Fiji the context is the application's and stays so.
 */
public final class Bridge implements Consumer<String>, AutoCloseable {

    private final Context context;
    private final boolean ownsContext;
    private final Thread atExit = new Thread(this::disposeContext, "LesionJ-exit");

    /** Finds the application's context, or makes one; called with reflection from {@link HostLoader}. */
    public Bridge() {
        if (hasWindows()) {
            CommandDialog.warmUp();
        }
        Object found = isLoadedByHost() ? null : IJ.runPlugIn("org.scijava.Context", "");
        ownsContext = !(found instanceof Context);
        context = ownsContext ? newContext() : (Context) found;
        if (ownsContext) {
            Runtime.getRuntime().addShutdownHook(atExit);
        }
    }

    private static boolean isLoadedByHost() {
        return Bridge.class.getClassLoader().getClass().getSimpleName().equals("HostLoader");
    }

    private static Context newContext() {
        return withOwnLoader(Services::first);
    }

    /** The class loader that finds services and resources is the thread's, and ImageJ leaves the application's there. */
    private static <T> T withOwnLoader(java.util.function.Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        thread.setContextClassLoader(Bridge.class.getClassLoader());
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(former);
        }
    }

    /**
     * Runs a command, or answers a request of {@code bin/lesionj}.
     *
     * @param request a command's label, or a request that begins with {@code --}
     */
    @Override
    public void accept(String request) {
        withOwnLoader(() -> {
            try {
                answer(request);
            } catch (LesionJException e) {
                Reporter.fail(e.exitStatus(), e.getMessage(), e);
            } catch (RuntimeException | LinkageError e) {
                rethrowCancelled(e);
                Reporter.fail(ExitStatus.FAILED, request + " could not start because of an error of its own, " + e
                    + "; run it with bin/lesionj --debug and report what it prints.", e);
            }
            return null;
        });
    }

    /** ImageJ itself ends a macro with an exception. */
    private static void rethrowCancelled(Throwable e) {
        if (e instanceof RuntimeException cancelled && Macro.MACRO_CANCELED.equals(e.getMessage())) {
            throw cancelled;
        }
    }

    private static boolean hasWindows() {
        return !GraphicsEnvironment.isHeadless() && IJ.getInstance() != null;
    }

    private void answer(String request) {
        CommandRunner runner = new CommandRunner(context);
        if (request.startsWith("--")) {
            new Request(context, runner).answer(request);
            return;
        }
        LesionCommand command = runner.create(request);
        if (Macro.getOptions() != null || !hasWindows()) {
            runner.run(command, Map.of());
            return;
        }
        Optional<Map<String, Object>> values = CommandDialog.ask(command);
        if (values.isEmpty()) {
            Recorder.disableCommandRecording();
            Macro.abort();
            return;
        }
        RecorderLine.record(command, values.get());
        command.setAsked(true);
        runner.run(command, values.get());
    }

    /** Ends the context, where it is ours; ImageJ calls it before its menus are refreshed, the exit of Java at the end. */
    @Override
    public void close() {
        if (ownsContext) {
            Runtime.getRuntime().removeShutdownHook(atExit);
            disposeContext();
        }
    }

    private void disposeContext() {
        context.dispose();
    }
}
