package io.github.lesionj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A jar of somebody else with an architecture and an exporter, dropped into the plugins folder, is found and used. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExtensionIT {

    private static final Path APP = Path.of(System.getProperty("lesionj.app")).toAbsolutePath();
    private static final Path PROJECT = APP.getParent().getParent();

    private static final String ARCHITECTURE = """
        package org.example;

        import io.github.lesionj.network.Architecture;
        import io.github.lesionj.network.Layers;
        import io.github.lesionj.network.NetworkGraph;
        import io.github.lesionj.network.NetworkPlan;
        import org.scijava.plugin.Plugin;
        import org.tensorflow.Operand;
        import org.tensorflow.types.TFloat32;

        @Plugin(type = Architecture.class, name = "tiny-net", description = "One convolution.")
        public class TinyNet implements Architecture {
            @Override
            public NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
                Operand<TFloat32> x = layers.relu(layers.convolutionBatchNorm("conv", "bn", image, 3, 4, 2));
                Operand<TFloat32> features = layers.tf().math.mean(x, layers.tf().constant(new int[] {1, 2}));
                Operand<TFloat32> logits = layers.dense("fc", features, plan.classes());
                return NetworkGraph.of(logits, "fc").withFeatures(features);
            }
        }
        """;

    private static final String EXPORTER = """
        package org.example;

        import io.github.lesionj.results.ResultExporter;
        import io.github.lesionj.results.ResultSet;
        import java.io.IOException;
        import java.io.UncheckedIOException;
        import java.nio.file.Files;
        import java.nio.file.Path;
        import org.scijava.plugin.Plugin;

        @Plugin(type = ResultExporter.class, name = "count")
        public class CountExporter implements ResultExporter {
            @Override
            public void export(ResultSet results, Path folder) {
                try {
                    Files.writeString(folder.resolve("count.txt"), results.rows().size() + " " + results.classNames());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        """;

    @TempDir
    private static Path folder;
    private static Path app;

    @BeforeAll
    static void install() throws IOException {
        app = Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(app.resolve("plugins"));
        Files.copy(APP.resolve("plugins/LesionJ_.jar"), app.resolve("plugins/LesionJ_.jar"));
        Files.createSymbolicLink(app.resolve("lib"), APP.resolve("lib"));
        compile(app.resolve("plugins/Example_.jar"), Map.of("org.example.TinyNet", ARCHITECTURE,
            "org.example.CountExporter", EXPORTER));
    }

    @AfterAll
    static void uninstall() throws IOException {
        Files.delete(app.resolve("lib"));
    }

    /** As a build of theirs does: javac with SciJava's annotation processor, and a jar of what comes out. */
    private static void compile(Path jar, Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<Path> classPath = new ArrayList<>(List.of(app.resolve("plugins/LesionJ_.jar")));
        classPath.addAll(FijiFolder.jars(APP.resolve("lib/lesionj")));
        classPath.addAll(FijiFolder.jars(APP.resolve("lib/lesionj/host")));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(messages, null, null, List.of("-d", classes.toString(), "--release", "17", "-cp",
            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            "-processor", "org.scijava.annotations.AnnotationProcessor"), null,
            sources.entrySet().stream().map(source -> source(source.getKey(), source.getValue())).toList()).call();
        assertTrue(compiled, messages.toString());
        try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out);
            Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static ForkedJava.Result lesionj(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PROJECT.resolve("bin/lesionj").toString()));
        command.addAll(List.of(arguments));
        return ForkedJava.run(folder, command, Map.of("LESIONJ_APP", app.toString(), "LESIONJ_MEMORY", "1g"));
    }

    @Test
    @Order(1)
    void theArchitectureIsInTheHelp() throws Exception {
        ForkedJava.Result help = lesionj("--help", "Train Classifier...");
        assertEquals(new ForkedJava.Result(0, help.out(), ""), help);
        String architecture = help.out().substring(help.out().indexOf("  architecture  ("));
        String lines = architecture.substring(0, architecture.indexOf("\n  size  ("));
        assertTrue(lines.contains("explainable-cnn") && lines.contains("tiny-net"), lines);
    }

    @Test
    @Order(2)
    void theArchitectureTrainsAndTheExporterWrites() throws Exception {
        Path data = noise(folder.resolve("data"));
        ForkedJava.Result training = lesionj("Train Classifier...", "data=" + data, "validation=0.25", "architecture=tiny-net",
            "size=16", "epochs=1", "batch=4", "augment=none", "output=" + folder.resolve("trained"));
        assertEquals(new ForkedJava.Result(0, training.out(), ""), training);
        ForkedJava.Result classified = lesionj("Classify Image...", "input=" + data, "explain=none",
            "model=" + folder.resolve("trained/model"), "output=" + folder.resolve("classified"));
        assertEquals(new ForkedJava.Result(0, classified.out(), ""), classified);
        assertEquals("16 [bright, normal]", Files.readString(folder.resolve("classified/count.txt")));
    }

    /** Two classes of eight noisy images of 16 px, normal ones and bright ones. */
    private static Path noise(Path data) throws IOException {
        Random random = new Random(3);
        for (String name : List.of("bright", "normal")) {
            Files.createDirectories(data.resolve(name));
            for (int i = 0; i < 8; i++) {
                BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
                for (int p = 0; p < 16 * 16; p++) {
                    image.getRaster().setSample(p % 16, p / 16, 0, random.nextInt(100) + (name.equals("bright") ? 150 : 0));
                }
                ImageIO.write(image, "png", data.resolve(name).resolve(i + ".png").toFile());
            }
        }
        return data;
    }
}
