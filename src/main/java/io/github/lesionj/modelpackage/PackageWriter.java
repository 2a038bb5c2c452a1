package io.github.lesionj.modelpackage;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Npy;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes model packages: {@code rdf.yaml}, {@code README.md}, {@code saved_model.zip}, weights and test tensors. */
public final class PackageWriter {

    private static final String WEIGHTS = "weights.safetensors";

    private PackageWriter() {
    }

    /** Writes a package; the folder appears when it is whole, one that is there is replaced. */
    public static void write(PackageParts parts, Path folder) {
        ModelName.checked(parts.card().name());
        if (!parts.testOutputs().containsKey(ModelSignature.SCORES)) {
            throw new IllegalArgumentException("The test outputs lack " + ModelSignature.SCORES);
        }
        WholeFolder.replace(folder, partial -> fill(parts, partial));
    }

    private static void fill(PackageParts parts, Path folder) throws IOException {
        ZipWriter.write(folder.resolve("saved_model.zip"), parts.savedModel(),
            Checksum.savedModelFiles(parts.savedModel()));
        if (parts.weights() != null) {
            Files.copy(parts.weights(), folder.resolve(WEIGHTS));
        }
        writeTensor(folder.resolve("test_input.npy"), parts.testInput());
        Map<String, NamedFile> outputs = new LinkedHashMap<>();
        Map<String, int[]> shapes = new TreeMap<>();
        for (Map.Entry<String, FloatTensor> output : new TreeMap<>(parts.testOutputs()).entrySet()) {
            boolean scores = output.getKey().equals(ModelSignature.SCORES);
            String file = scores ? "test_output.npy" : "test_" + output.getKey() + ".npy";
            writeTensor(folder.resolve(file), output.getValue());
            outputs.put(output.getKey(), named(folder, file));
            shapes.put(output.getKey(), output.getValue().shape());
        }
        List<NamedFile> attachments = parts.weights() == null ? List.of() : List.of(named(folder, WEIGHTS));
        CardFile files = new CardFile(parts.card(), named(folder, "saved_model.zip"), named(folder, "test_input.npy"),
            outputs, attachments);
        WholeFile.write(folder.resolve("README.md"), Readme.of(parts.card()));
        WholeFile.write(folder.resolve(CardReader.FILE),
            new CardWriter(parts.card()).write(files, parts.testInput().shape(), shapes, parts.tensorFlow()));
    }

    private static void writeTensor(Path file, FloatTensor tensor) {
        WholeFile.write(file, out -> Npy.of(tensor).write(out));
    }

    private static NamedFile named(Path folder, String file) {
        return new NamedFile(file, Checksum.of(folder.resolve(file)));
    }

    /** Writes the zip of a package folder; the same folder gives the same bytes. */
    public static void export(Path folder, Path zip) {
        try (Stream<Path> files = Files.walk(folder)) {
            ZipWriter.write(zip, folder, files.filter(Files::isRegularFile).map(folder::relativize)
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .sorted((a, b) -> Checksum.slashed(a).compareTo(Checksum.slashed(b))).toList());
        } catch (IOException e) {
            throw new UsageException("Cannot read the model package " + folder + ": " + WholeFile.reason(e) + ".", e);
        }
    }
}
