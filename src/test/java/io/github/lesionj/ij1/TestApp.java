package io.github.lesionj.ij1;

import io.github.lesionj.runtime.EngineOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A copy of target/app with the probe command dropped into its plugins folder, and how to start programs in it. */
final class TestApp implements AutoCloseable {

    private static final Path APP = Path.of(System.getProperty("lesionj.app"));
    private static final Path IMAGEJ = Path.of(System.getProperty("lesionj.imagej"));
    private static final Path CLASSES = APP.resolveSibling("test-classes");

    private final Path folder;

    /** How a program ended. */
    record Result(int status, String out, String error) {
    }

    TestApp(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("plugins"));
        Files.copy(APP.resolve("plugins/LesionJ_.jar"), folder.resolve("plugins/LesionJ_.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.createSymbolicLink(folder.resolve("lib"), APP.resolve("lib").toAbsolutePath());
        jar(folder.resolve("plugins/Probe_.jar"), "io/github/lesionj/probe", "io.github.lesionj.probe.");
        jar(folder.resolve("driver.jar"), "io/github/lesionj/ij1", "none");
    }

    /** Removes the link to the real libraries, before the folder is deleted. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("lib"));
    }

    /** Classes of one test package, with that part of SciJava's index and a row in plugins.config for the probe. */
    private static void jar(Path file, String packageFolder, String indexed) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out);
            Stream<Path> classes = Files.list(CLASSES.resolve(packageFolder))) {
            for (Path path : classes.filter(path -> path.toString().endsWith(".class")).toList()) {
                entry(zip, packageFolder + "/" + path.getFileName(), Files.readAllBytes(path));
            }
            String index = Files.readString(CLASSES.resolve("META-INF/json/org.scijava.plugin.Plugin"));
            String own = Pattern.compile("\\{\"class\":\"" + Pattern.quote(indexed) + ".*?\\}\\}").matcher(index).results()
                .map(match -> match.group()).collect(Collectors.joining());
            if (!own.isEmpty()) {
                entry(zip, "META-INF/json/org.scijava.plugin.Plugin", own.getBytes(StandardCharsets.UTF_8));
                entry(zip, "plugins.config", "Plugins>LesionJ, \"Probe...\", io.github.lesionj.ij1.Launcher(\"Probe...\")\n"
                    .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** Runs bin/lesionj with this application. */
    Result lesionj(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(APP.resolve("../../bin/lesionj").normalize().toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return run(command, environment);
    }

    /** Runs a main class of the tests in an ImageJ with a display. */
    Result withDisplay(String display, Class<?> main, String... arguments) throws Exception {
        return withDisplay(Map.of("DISPLAY", display), main, arguments);
    }

    /** With more of an environment than the display. */
    Result withDisplay(Map<String, String> environment, Class<?> main, String... arguments) throws Exception {
        return run(driver(main, arguments), environment);
    }

    /** Starts one that the test kills with -9 when it says {@code hanging}. */
    void killedWhenHanging(String display, Class<?> main, String... arguments) throws Exception {
        ProcessBuilder builder = builder(driver(main, arguments), Map.of("DISPLAY", display))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        Thread watchdog = new Thread(() -> {
            try {
                if (!process.waitFor(120, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        watchdog.start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals("hanging")) {
                line = out.readLine();
            }
            if (line == null) {
                throw new AssertionError("it ended by itself");
            }
        } finally {
            process.destroyForcibly().waitFor();
            watchdog.join();
        }
    }

    private List<String> driver(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.util.prefs.userRoot=" + folder, "-Duser.home=" + folder, "-Dplugins.dir=" + folder,
            "-cp", folder.resolve("driver.jar") + ":" + IMAGEJ + "/*", main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LESIONJ_APP", folder.toString());
        builder.environment().put("LESIONJ_MEMORY", "1g");
        builder.environment().put("LESIONJ_NATIVES", EngineOptions.ofProcess().natives().toString());
        builder.environment().putAll(environment);
        return builder;
    }

    private Result run(List<String> command, Map<String, String> environment) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path error = Files.createTempFile(folder, "err", ".txt");
        Process process = builder(command, environment).redirectOutput(out.toFile()).redirectError(error.toFile()).start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("hangs: " + command + "\n" + Files.readString(out) + Files.readString(error));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(error));
    }
}
