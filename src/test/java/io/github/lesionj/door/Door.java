package io.github.lesionj.door;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.core.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

/**
 * Commands as a script calls them: SciJava's services in a bare context, the engine behind the real wall. One for all tests of
 * a process, for the engine starts once; with models folder and cache of its own.
 */
public final class Door implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    /** Gives a test class or method the door. */
    public static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Door.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(Door.class);
        }
    }

    /**
     * How a command ended.
     *
     * @param status   its exit status
     * @param sentence what the user was told, or empty
     * @param out      what it printed
     * @param err      what it warned of
     */
    public record Run(ExitStatus status, String sentence, String out, String err) {
    }

    private final Path home;
    private final Context context;

    Door() throws IOException {
        home = Files.createTempDirectory("lesionj-door");
        System.setProperty("lesionj.models", models().toString());
        System.setProperty("lesionj.cache", home.resolve("cache").toString());
        context = new Context();
        TinyModel.named("brightness").write(models());
    }

    /** Where models are found by name; {@code brightness} is there. */
    public Path models() {
        return home.resolve("models");
    }

    public Context context() {
        return context;
    }

    /** Runs a command by keys and values; what it prints is caught. */
    public Run run(Class<? extends LesionCommand> command, Object... keys) {
        return caught(() -> (LesionCommand) context.service(ModuleService.class)
            .run(context.service(CommandService.class).getCommand(command), true, texts(keys)).get());
    }

    /** The same with an image that is open in ImageJ, which in a process without windows belongs to a thread. */
    public Run runOn(ImagePlus image, Class<? extends LesionCommand> command, Object... keys) {
        return caught(() -> {
            Module module = context.service(ModuleService.class).createModule(context.service(CommandService.class).getCommand(command));
            Object[] inputs = texts(keys);
            for (int i = 0; i < inputs.length; i += 2) {
                module.setInput((String) inputs[i], inputs[i + 1]);
                module.resolveInput((String) inputs[i]);
            }
            WindowManager.setTempCurrentImage(image);
            try {
                new ModuleRunner(context, module,
                    context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class), List.of()).run();
            } finally {
                WindowManager.setTempCurrentImage(null);
            }
            return (LesionCommand) module;
        });
    }

    private static Object[] texts(Object[] keys) {
        Object[] inputs = keys.clone();
        for (int i = 1; i < inputs.length; i += 2) {
            inputs[i] = inputs[i] instanceof Path ? inputs[i].toString() : inputs[i];
        }
        return inputs;
    }

    private static Run caught(Callable<LesionCommand> job) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            LesionCommand ended = job.call();
            return new Run(ended.status().orElseThrow(), ended.failure().orElse(""), out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
            System.clearProperty("lesionj.exit");
        }
    }

    @Override
    public void close() throws IOException {
        context.dispose();
        System.clearProperty("lesionj.models");
        System.clearProperty("lesionj.cache");
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder()).forEach(Door::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
