package io.github.lesionj.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a Java of its own with a class path that the test decides, as a host would. */
public final class ForkedJava {

    private static final int SECONDS = 240;

    private final Path folder;
    private final List<Path> classPath;
    private final List<String> options = new ArrayList<>(List.of("-Xmx1g", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8",
        "--add-opens=java.base/java.lang=ALL-UNNAMED"));
    private final Map<String, String> environment = new TreeMap<>();

    /** How a program ended. */
    public record Result(int status, String out, String error) {
    }

    /**
     * Prepares it.
     *
     * @param folder    for its output and preferences
     * @param classPath jars and folders, in this order
     */
    public ForkedJava(Path folder, List<Path> classPath) {
        this.folder = folder;
        this.classPath = classPath;
        options.add("-Djava.util.prefs.userRoot=" + folder);
    }

    public ForkedJava option(String option) {
        options.add(option);
        return this;
    }

    public ForkedJava environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs a main class to its end. */
    public Result run(String main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), main));
        command.addAll(Arrays.asList(arguments));
        return run(folder, command, environment);
    }

    /** Runs any program to its end, in a folder; one that hangs is ended and fails the test. */
    public static Result run(Path folder, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        // Else Java says that it had to make them.
        Files.createDirectories(folder.resolve(".java/.userPrefs"));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path error = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
            .redirectOutput(out.toFile()).redirectError(error.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("hangs: " + command + "\n" + Files.readString(out) + Files.readString(error));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(error));
    }

    /** A folder that holds nothing but a class of the tests and those nested in it. */
    public static Path alone(Path folder, Class<?> main) throws IOException {
        Path classes = Path.of(System.getProperty("lesionj.app")).resolveSibling("test-classes");
        Path relative = Path.of(main.getPackageName().replace('.', '/'));
        Path target = Files.createDirectories(folder.resolve(main.getSimpleName()).resolve(relative));
        try (Stream<Path> files = Files.list(classes.resolve(relative))) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches(main.getSimpleName() + "(\\$.*)?\\.class")).toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder.resolve(main.getSimpleName());
    }
}
