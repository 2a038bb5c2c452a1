package io.github.lesionj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.TiffEncoder;
import io.github.lesionj.core.Csv;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip for users: what is in it, and that it works unpacked over a plain ImageJ. */
class PackageIT {

    private static final Path APP = Path.of(System.getProperty("lesionj.app")).toAbsolutePath();
    private static final Path IMAGEJ = Path.of(System.getProperty("lesionj.imagej")).toAbsolutePath();
    private static final Path PROJECT = APP.getParent().getParent();

    @TempDir
    private static Path folder;
    private static Path zip;
    private static Set<String> names;

    @BeforeAll
    static void pack() throws Exception {
        zip = folder.resolve("LesionJ.zip");
        ForkedJava.Result result = ForkedJava.run(folder, List.of("python3", PROJECT.resolve("bin/tools/zip_package.py").toString(),
            PROJECT.toString(), APP.toString(), zip.toString()), Map.of());
        assertEquals(new ForkedJava.Result(0, "", ""), result);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            names = file.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<String> jars(String prefix) {
        return names.stream().filter(name -> name.startsWith(prefix) && name.endsWith(".jar")).toList();
    }

    /** Fiji and ImageJ have files of their own in plugins, jars and macros; ours bear our name, or lie where nobody else's do. */
    @Test
    void replacesNoFileOfTheHost() {
        Set<String> strange = new TreeSet<>(names);
        strange.removeIf(name -> name.equals("plugins/LesionJ_.jar") || name.startsWith("lib/lesionj/")
            || name.startsWith("macros/LesionJ/"));
        assertEquals(Set.of(), strange);
    }

    @Test
    void whatFijiHasLiesOnlyInTheHostFolder() throws IOException {
        assertFalse(jars("lib/lesionj/host/").isEmpty());
        Set<String> packages = new TreeSet<>();
        for (String jar : jars("lib/lesionj/host/")) {
            packages.addAll(packages(jar));
        }
        assertTrue(packages.contains("org/scijava/plugin") && packages.contains("net/imglib2"), packages.toString());
        for (String jar : Stream.concat(jars("plugins/").stream(), jars("jars/").stream()).toList()) {
            assertEquals(Set.of(), intersection(packages, packages(jar)), jar);
        }
    }

    @Test
    void thePluginJarHoldsOurClassesAndNoStarter() throws IOException {
        Set<String> packages = packages("plugins/LesionJ_.jar");
        assertTrue(packages.stream().allMatch(name -> name.startsWith("io/github/lesionj/")), packages.toString());
        assertFalse(packages.contains("io/github/lesionj/cli"));
        assertFalse(packages.contains("io/github/lesionj/host"));
    }

    @Test
    void bioFormatsAndImageJAreNotInIt() throws IOException {
        for (String jar : jars("")) {
            assertTrue(packages(jar).stream().noneMatch(name -> name.matches("(loci|ome|ij)(/.*)?")), jar);
        }
    }

    @Test
    void nativesAreOfOnePlatformAndVariant() {
        List<String> natives = jars("lib/lesionj/").stream().filter(name -> name.matches(".*native.*-(linux|windows|macosx)-.*")).toList();
        assertEquals(1, natives.size(), natives.toString());
        assertFalse(natives.get(0).contains("-gpu"), natives.toString());
    }

    @Test
    void everyListedLibraryAndNoOtherIsThere() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String name : Files.readString(APP.resolve("lib/lesionj/libraries.txt")).strip().split(":")) {
            listed.add("lib/lesionj/" + name.replace("./", ""));
        }
        assertEquals(listed, jars("lib/lesionj/").stream().filter(name -> !name.contains("/host/")).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void licenceMacrosAndEveryShippedModelAreThere() throws IOException {
        assertTrue(names.contains("lib/lesionj/LICENSE") && names.contains("macros/LesionJ/classify_image.ijm"), names.toString());
        Path models = PROJECT.resolve("sample-data/models");
        if (Files.isDirectory(models)) {
            try (Stream<Path> shipped = Files.list(models).filter(Files::isDirectory)) {
                shipped.forEach(model -> assertTrue(names.contains("lib/lesionj/models/" + model.getFileName() + "/rdf.yaml"), model.toString()));
            }
        }
    }

    @Test
    void worksInAPlainImageJ() throws Exception {
        Path imagej = plainImageJ();
        Path model = Digits.model(folder);
        Path images = Digits.images(folder.resolve("images"), 2);
        Path macro = Files.writeString(folder.resolve("classify.ijm"), "run(\"Devices and Runtime...\", \"output=[" + folder
            + "/runtime.json]\");\nrun(\"Classify Image...\", \"input=[" + images + "] model=[" + model + "] explain=none output=[" + folder + "/out]\");\n");
        ForkedJava.Result result = headless(imagej, macro.toString());
        assertEquals(new ForkedJava.Result(0, result.out(), ""), result);
        assertTrue(Files.readString(folder.resolve("runtime.json")).contains("\"TensorFlow\": \"2.16.2\""));
        assertEquals(3, Csv.read(folder.resolve("out/results.csv")).size());

        Path ome = omeTiff(folder.resolve("image.ome.tif"));
        ForkedJava.Result refused = headless(imagej, "Classify Image...", "input=" + ome, "model=" + model, "output=" + folder.resolve("ome"));
        assertEquals(1, refused.status(), refused.error());
        assertTrue(refused.error().contains("bioformats_package.jar"), refused.error());
    }

    /** As its zip lays it out: the jar, and folders with files of its own, which must still be the same afterwards. */
    private static Path plainImageJ() throws IOException {
        Path imagej = Files.createDirectories(folder.resolve("ImageJ"));
        for (Path jar : FijiFolder.jars(IMAGEJ)) {
            if (jar.getFileName().toString().startsWith("ij-")) {
                Files.copy(jar, imagej.resolve("ij.jar"));
            }
        }
        for (String own : List.of("plugins/Macros/About_Plugin_Macros", "macros/StartupMacros.txt", "luts/fire.lut")) {
            Files.createDirectories(imagej.resolve(own).getParent());
            Files.writeString(imagej.resolve(own), "");
        }
        try (InputStream in = Files.newInputStream(zip); ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = imagej.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(entries, target);
            }
        }
        return imagej;
    }

    /** ImageJ's jar, the patches that let it run without a display, and the starter; nothing else. */
    private static ForkedJava.Result headless(Path imagej, String... arguments) throws Exception {
        List<Path> path = new ArrayList<>(List.of(imagej.resolve("ij.jar"), IMAGEJ.resolve("lesionj-headless.jar")));
        FijiFolder.jars(IMAGEJ).stream().filter(jar -> jar.getFileName().toString().matches("(ij1-patcher|javassist).*")).forEach(path::add);
        return new ForkedJava(folder, path).option("-Dplugins.dir=" + imagej).run("io.github.lesionj.cli.Main", arguments);
    }

    private static Path omeTiff(Path file) throws IOException {
        ImagePlus image = IJ.createImage("image", "8-bit ramp", 28, 28, 1);
        FileInfo info = image.getFileInfo();
        info.description = "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"></OME>";
        info.pixels = image.getProcessor().getPixels();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            new TiffEncoder(info).write(out);
        }
        return file;
    }

    private static Set<String> packages(String jar) throws IOException {
        Set<String> packages = new TreeSet<>();
        try (ZipFile file = new ZipFile(zip.toFile()); ZipInputStream entries = new ZipInputStream(file.getInputStream(file.getEntry(jar)))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/") && entry.getName().contains("/")) {
                    packages.add(entry.getName().substring(0, entry.getName().lastIndexOf('/')));
                }
            }
        }
        return packages;
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).collect(Collectors.toSet());
    }
}
