package io.github.lesionj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong before the first prediction, each in a process of its own, and what must not. */
class StartUpIT {

    private static final Path APP = Path.of(System.getProperty("lesionj.app")).toAbsolutePath();
    private static final Path IMAGEJ = Path.of(System.getProperty("lesionj.imagej")).toAbsolutePath();
    private static final Path LIBRARY = APP.resolve("lib/lesionj");

    @TempDir
    private Path folder;

    private List<Path> lesionj() throws IOException {
        List<Path> path = new ArrayList<>(FijiFolder.jars(APP.resolve("plugins")));
        path.addAll(FijiFolder.jars(LIBRARY.resolve("host")));
        path.add(ForkedJava.alone(folder, EngineReports.class));
        return path;
    }

    private static List<Path> imagej() throws IOException {
        return FijiFolder.jars(IMAGEJ).stream().filter(jar -> jar.getFileName().toString().startsWith("ij-")).toList();
    }

    private ForkedJava java() throws IOException {
        List<Path> path = lesionj();
        path.addAll(imagej());
        return new ForkedJava(folder, path);
    }

    private static String onlyLine(ForkedJava.Result result) {
        assertEquals(new ForkedJava.Result(0, result.out(), ""), result);
        assertEquals(1, result.out().lines().count(), result.out());
        return result.out().strip();
    }

    private String report(String... options) throws Exception {
        ForkedJava java = java();
        Stream.of(options).forEach(java::option);
        return onlyLine(java.run(EngineReports.class.getName(), "1"));
    }

    @Test
    void aHalfUnpackedLibraryIsUnpackedAnew() throws Exception {
        Path natives = folder.resolve("natives");
        assertTrue(report("-Dlesionj.natives=" + natives).startsWith("2.16.2 "));
        for (Path unpacked : libraries(natives)) {
            try (RandomAccessFile file = new RandomAccessFile(unpacked.toFile(), "rw")) {
                file.setLength(file.length() / 2);
            }
        }
        assertTrue(report("-Dlesionj.natives=" + natives).startsWith("2.16.2 "));

        for (Path unpacked : libraries(natives)) {
            var time = Files.getLastModifiedTime(unpacked);
            try (RandomAccessFile file = new RandomAccessFile(unpacked.toFile(), "rw")) {
                file.write(new byte[1 << 16]);
            }
            Files.setLastModifiedTime(unpacked, time);
        }
        // Java itself may warn of the damaged library on standard error.
        String damaged = java().option("-Dlesionj.natives=" + natives).run(EngineReports.class.getName(), "1").out().strip();
        assertTrue(damaged.matches("1 TensorFlow's native library cannot be loaded from " + natives + " .*; delete that folder to .*"), damaged);
    }

    private static List<Path> libraries(Path natives) throws IOException {
        try (Stream<Path> files = Files.walk(natives)) {
            return files.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file)
                && file.getFileName().toString().matches(".*(\\.so|\\.dll|\\.dylib).*")).toList();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("natives"), "");
        String line = report("-Dlesionj.natives=" + file);
        assertTrue(line.startsWith("1 Cannot unpack TensorFlow's native library to " + file + ": ") && line.contains("LESIONJ_NATIVES"), line);
    }

    @Test
    void aPackageForAnotherPlatformIsTold() throws Exception {
        Path library = partOf(LIBRARY, name -> !name.matches(".*-(linux|windows|macosx)-.*"));
        String list = Files.readString(LIBRARY.resolve("libraries.txt"));
        Files.writeString(library.resolve("libraries.txt"), list.replaceAll(":[^:]*-(linux|windows|macosx)-[^:]*", ""));
        String line = report("-Dlesionj.lib=" + library);
        assertTrue(line.startsWith("1 There is no TensorFlow library for this platform ("), line);
    }

    @Test
    void aMissingJarOrFolderIsNamed() throws Exception {
        Path library = partOf(LIBRARY, name -> !name.startsWith("protobuf"));
        Files.copy(LIBRARY.resolve("libraries.txt"), library.resolve("libraries.txt"));
        String jar = report("-Dlesionj.lib=" + library);
        assertTrue(jar.matches("1 LesionJ's libraries in .* are incomplete, protobuf-java-.*\\.jar is missing; unpack .*"), jar);
        String all = report("-Dlesionj.lib=" + folder.resolve("nowhere"));
        assertTrue(all.startsWith("1 LesionJ's libraries are missing: there is no folder " + folder.resolve("nowhere")), all);
    }

    /** An older version's or another variant's jar beside ours is never loaded. */
    @Test
    void aJarThatIsNotListedIsLeftAlone() throws Exception {
        Path library = partOf(LIBRARY, name -> true);
        Files.copy(LIBRARY.resolve("libraries.txt"), library.resolve("libraries.txt"));
        Files.writeString(library.resolve("aaa-native-9.9-linux-x86_64-gpu.jar"), "no jar at all");
        assertTrue(report("-Dlesionj.lib=" + library).startsWith("2.16.2 "));
    }

    private Path partOf(Path library, Predicate<String> wanted) throws IOException {
        Path part = Files.createDirectories(folder.resolve("part"));
        for (Path jar : FijiFolder.jars(library)) {
            if (wanted.test(jar.getFileName().toString())) {
                Files.createLink(part.resolve(jar.getFileName()), jar);
            }
        }
        return part;
    }

    @Test
    void theNumberOfThreadsReachesTensorFlow() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "skipped: threads are counted on Linux only");
        String one = report("-Dlesionj.threads=1");
        String six = report("-Dlesionj.threads=6");
        assertTrue(one.contains(" threads=1 ") && six.contains(" threads=6 "), one + "\n" + six);
        assertEquals(5, pool(six) - pool(one), one + "\n" + six);
        String wrong = report("-Dlesionj.threads=many");
        assertTrue(wrong.startsWith("2 ") && wrong.contains("many"), wrong);
    }

    private static int pool(String line) {
        return Integer.parseInt(line.replaceAll(".*pool=", ""));
    }

    @Test
    void contextsOneAfterTheOtherShareOneLibrary() throws Exception {
        ForkedJava.Result result = java().run(EngineReports.class.getName(), "4");
        assertEquals(4, result.out().lines().filter(line -> line.matches("2\\.16\\.2 \\S+ copies=1 .*")).count(), result.out() + result.error());
    }

    @Test
    void refreshedMenusShareOneLibrary() throws Exception {
        List<Path> path = new ArrayList<>(imagej());
        path.add(ForkedJava.alone(folder, RefreshedMenus.class));
        ForkedJava.Result result = new ForkedJava(folder, path).option("-Dlesionj.lib=" + LIBRARY).run(RefreshedMenus.class.getName(),
            lesionj().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        assertEquals(2, result.out().lines().filter(line -> line.matches("2\\.16\\.2 \\S+ copies=1 .*")).count(), result.out() + result.error());
    }

    @Test
    void aGpuThatIsNotThereIsStatusOne() throws Exception {
        Path model = Digits.model(folder);
        Path images = Digits.images(folder.resolve("images"), 1);
        assumeTrue(report().contains(" cpu "), "skipped: this machine has a GPU");
        ForkedJava.Result result = ForkedJava.run(folder, List.of(APP.resolve("../../bin/lesionj").normalize().toString(), "--threads", "2",
            "Classify Image...", "input=" + images, "model=" + model, "device=gpu", "output=" + folder.resolve("out")), Map.of());
        assertEquals(1, result.status(), result.error());
        assertEquals(1, result.error().strip().lines().count(), result.error());
        assertTrue(result.error().contains("device=gpu cannot be used: no GPU"), result.error());
    }

    @Test
    void memoryStaysWhereItIs() throws Exception {
        Path model = Path.of(System.getProperty("lesionj.shared"), "data/savedmodels/half_plus_two_cpu").toAbsolutePath();
        assumeTrue(Files.isDirectory(model) && Files.isReadable(Path.of("/proc/self/status")), "skipped: no shared data here");
        List<Path> path = lesionj();
        path.addAll(imagej());
        path.add(IMAGEJ.resolve("lesionj-headless.jar"));
        ForkedJava.Result result = new ForkedJava(folder, path).option("-Xms128m").option("-Xmx128m").option("-XX:+AlwaysPreTouch")
            .run("io.github.lesionj.cli.Soak", model.toString(), "400", "150");
        assertEquals(new ForkedJava.Result(0, result.out(), ""), result);
        double growth = JsonParser.parseString(result.out()).getAsJsonObject().get("growth").getAsDouble();
        assertTrue(growth < 0.05, result.out());
    }
}
