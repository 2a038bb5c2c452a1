package io.github.lesionj.network.weights;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.network.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * Weights in a file, whoever wrote it: a model package of ours, safetensors, or PyTorch's own form. Which of them it is says
 * its content, not its name.
 *
 * @param file         that was read
 * @param tensors      those with floating values, by the file's own names, in its order of axes
 * @param others       names of everything else, with what it is
 * @param layout       its order of axes, or null where the file does not say
 * @param architecture what the file says that it is of, or empty
 * @param remarks      what the user should know of the reading
 */
record WeightFile(Path file, Map<String, FloatTensor> tensors, Map<String, String> others, WeightLayout layout,
        String architecture, List<String> remarks) {

    private enum Kind { SAFETENSORS, ZIP, PICKLE, HDF5 }

    /**
     * The file that holds the weights of what a user named.
     *
     * @param path a file, or the folder or zip of a model package
     * @throws UsageException when there is none
     */
    static Path locate(Path path) {
        if (Files.isDirectory(path) || isPackage(path)) {
            return ofPackage(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new UsageException("There are no weights " + path
                + "; give a model package, a .safetensors file, or what torch.save(model.state_dict(), ...) wrote.");
        }
        return path;
    }

    private static boolean isPackage(Path path) {
        if (!Files.isRegularFile(path) || kind(path) != Kind.ZIP) {
            return false;
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return !TorchFile.isTorch(zip);
        } catch (IOException e) {
            throw refused(path, TorchFile.reason(e), e);
        }
    }

    private static Path ofPackage(Path path) {
        ModelPackage model = new PackageReader().open(path);
        Path weights = model.folder().resolve("weights.safetensors");
        if (!Files.isRegularFile(weights)) {
            throw new UsageException("The model package " + path
                + " has no weights.safetensors: only packages that a training of LesionJ wrote can be started from.");
        }
        return weights;
    }

    /**
     * Reads the weights that a user named.
     *
     * @throws UsageException when they cannot be read, are damaged, or hold more than weights
     */
    static WeightFile read(Path path) {
        Path file = locate(path);
        try {
            return switch (kind(file)) {
                case SAFETENSORS -> safetensors(file);
                case ZIP -> torchZip(file);
                case PICKLE -> TorchFile.readPlain(file);
                case HDF5 -> throw new PickleReader.Refused("it is an HDF5 file, as Keras writes it; save the weights as .safetensors");
            };
        } catch (IOException e) {
            throw refused(path, TorchFile.reason(e), e);
        }
    }

    /** By the first bytes; a safetensors file has a JSON object behind eight bytes that can be any. */
    private static Kind kind(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = Arrays.copyOf(in.readNBytes(9), 9);
            if (bytes[8] == '{') {
                return Kind.SAFETENSORS;
            }
            if (bytes[0] == 'P' && bytes[1] == 'K') {
                return Kind.ZIP;
            }
            if (bytes[0] == (byte) 0x89 && bytes[1] == 'H') {
                return Kind.HDF5;
            }
            return bytes[0] == (byte) 0x80 && bytes[1] >= 2 && bytes[1] <= 5 ? Kind.PICKLE : Kind.SAFETENSORS;
        } catch (IOException e) {
            throw refused(file, null, e);
        }
    }

    private static WeightFile torchZip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return TorchFile.readZip(file, zip);
        }
    }

    private static WeightFile safetensors(Path file) {
        Safetensors.Content content = Safetensors.open(file);
        String layout = content.metadata().get(WeightLayout.KEY);
        // what PyTorch's own writer of this format says of itself
        boolean torch = layout == null && "pt".equals(content.metadata().get("format"));
        WeightLayout known = torch ? WeightLayout.TORCH : WeightLayout.of(layout).orElse(null);
        if (layout != null && known == null) {
            throw refused(file, "its metadata give the layout \"" + PickleReader.printable(layout) + "\", which is not known", null);
        }
        return new WeightFile(file, content.tensors(), content.others(), known,
            content.metadata().getOrDefault("architecture", ""), List.of());
    }

    private static UsageException refused(Path file, String why, IOException e) {
        return new UsageException("Cannot read the weights " + file + ": " + (why == null ? WholeFile.reason(e) : why) + ".", e);
    }
}
