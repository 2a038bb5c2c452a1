package io.github.lesionj.network.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch and safetensors wrote (see {@code torch_files.py}), and files that nobody should have written. */
class WeightFileTest {

    @TempDir
    Path folder;

    private static Path resource(String name) {
        try {
            return Path.of(WeightFileTest.class.getResource("/weights/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FloatTensor row(float... values) {
        return new FloatTensor(values, values.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth", "legacy.pth", "nested.pth", "all.safetensors"})
    void readsWhatPyTorchWrote(String name) {
        WeightFile read = WeightFile.read(resource(name));
        float[] kernel = new float[24];
        for (int i = 0; i < 24; i++) {
            kernel[i] = i / 4f;
        }
        Map<String, FloatTensor> tensors = read.tensors();
        assertEquals(new FloatTensor(kernel, 4, 3, 2, 1), tensors.get("module.kernel.weight"));
        assertEquals(new FloatTensor(new float[] {0, 3, 1, 4, 2, 5}, 3, 2), tensors.get("module.turned"));
        assertEquals(row(5, 6, 7, 8), tensors.get("module.part"));
        assertEquals(row(1, 9, 17), tensors.get("module.steps"));
        assertEquals(row(1.5f, -2), tensors.get("module.parameter"));
        assertEquals(row(1, -0.5f, 65504, 0x1p-24f, 0x1.998p-4f), tensors.get("module.half"));
        assertEquals(row(1, -3, 0x1p100f), tensors.get("module.brain"));
        assertEquals(row(0.1f, 0), tensors.get("module.double"));
        assertEquals(new FloatTensor(new float[] {7}), tensors.get("module.scalar"));
        assertEquals(new FloatTensor(new float[0], 0, 3), tensors.get("module.empty"));
        assertEquals(10, tensors.size());
        assertEquals(Map.of("module.bn.num_batches_tracked", "I64"), read.others());
        assertEquals(WeightLayout.TORCH, read.layout());
        assertEquals(name.equals("nested.pth") ? List.of("Of nested.pth the part state_dict was read.") : List.of(), read.remarks());
    }

    @Test
    void ourOwnFilesSayTheirLayout() {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, Map.of("a", row(1)), Map.of("layout", "convolution [height, width, input, output], dense [input, output]",
            "architecture", "resnet18"));
        WeightFile read = WeightFile.read(file);
        assertEquals(WeightLayout.TENSORFLOW, read.layout());
        assertEquals("resnet18", read.architecture());
        Safetensors.write(file, Map.of("a", row(1)), Map.of());
        assertNull(WeightFile.read(file).layout());
        Safetensors.write(file, Map.of("a", row(1)), Map.of("layout", "[channels, first]"));
        assertRefused(file, "layout \"[channels, first]\"");
    }

    private static void assertRefused(Path file, String part) {
        UsageException refused = assertThrows(UsageException.class, () -> WeightFile.read(file));
        assertTrue(refused.getMessage().contains(part) && refused.getMessage().contains(file.toString()), refused.getMessage());
        assertTrue(refused.getMessage().endsWith("."), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "module.pth   | torch.nn.modules.linear.Linear",
        "two.pth      | state_dict and under model",
        "none.pth     | no weights by name",
        "expanded.pth | a claims values that the file does not hold",
        "complex.pth  | torch.ComplexFloatStorage",
        "script.pt    | TorchScript",
    })
    void refusesOtherThingsOfPyTorch(String name, String part) {
        assertRefused(resource(name), part);
    }

    /** Cut off anywhere, each form is refused in a sentence. */
    @ParameterizedTest
    @ValueSource(strings = {"zip.pth", "legacy.pth", "all.safetensors"})
    void refusesATruncatedFile(String name) throws IOException {
        byte[] whole = Files.readAllBytes(resource(name));
        for (int length = 0; length < whole.length - 1; length += 1 + whole.length / 60) {
            Path file = Files.write(folder.resolve("cut-" + length), Arrays.copyOf(whole, length));
            assertRefused(file, "Cannot read the weights");
        }
    }

    /** One byte or another spoilt: read or refused, but nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"zip.pth", "legacy.pth", "all.safetensors"})
    void aSpoiltByteIsNeverMoreThanASentence(String name) throws IOException {
        byte[] whole = Files.readAllBytes(resource(name));
        Path file = folder.resolve("spoilt");
        for (int i = 0; i < whole.length; i += 1 + whole.length / 500) {
            byte[] spoilt = whole.clone();
            spoilt[i] ^= (byte) (i % 3 == 0 ? 0xff : 1 << i % 8);
            Files.write(file, spoilt);
            try {
                WeightFile.read(file);
            } catch (UsageException e) {
                assertTrue(e.getMessage().contains("spoilt"), e.getMessage());
            }
        }
    }

    @Test
    void refusesWhatIsNoWeights() throws IOException {
        assertRefused(folder.resolve("missing.pth"), "There are no weights");
        assertRefused(Files.writeString(folder.resolve("text.pth"), "these are no weights at all"), "Cannot read the weights");
        assertRefused(Files.write(folder.resolve("keras.h5"), new byte[] {(byte) 0x89, 'H', 'D', 'F', 13, 10, 26, 10, 0}), "HDF5");
        assertRefused(Files.write(folder.resolve("list.pkl"), new byte[] {(byte) 0x80, 2, ']', '.'}), "not one of torch.save");
    }

    // ---- pickles by hand, in a zip file as PyTorch has it

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String text) {
                out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            } else if (part instanceof byte[] some) {
                out.writeBytes(some);
            } else {
                out.write((Integer) part);
            }
        }
        return out.toByteArray();
    }

    private static byte[] number(long value) {
        return bytes(0x8a, 8, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    private static byte[] text(String text) {
        return bytes("U", text.length(), text);
    }

    /** {"a": a tensor} with one row of strides. */
    private static byte[] state(byte[] count, byte[] offset, byte[] length, byte[] stride) {
        return bytes(0x80, 2, "}", text("a"), "ctorch._utils\n_rebuild_tensor_v2\n", "((", text("storage"), "ctorch\nFloatStorage\n",
            text("0"), text("cpu"), count, "tQ", offset, length, 0x85, stride, 0x85, 0x89, "}tRs.");
    }

    private Path zip(byte[] pickle, byte[] values, int method) {
        Path file = folder.resolve("by-hand.pth");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            entry(out, "archive/data.pkl", pickle, ZipEntry.DEFLATED);
            entry(out, "archive/data/0", values, method);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static void entry(ZipOutputStream out, String name, byte[] content, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private static byte[] values(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    @Test
    void aTensorByHandIsRead() {
        Path file = zip(state(number(4), number(1), number(2), number(2)), values(1, 2, 3, 4), ZipEntry.STORED);
        assertEquals(Map.of("a", row(2, 4)), WeightFile.read(file).tensors());
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, 5, 1", "4, 1, 4, 1", "4, -1, 2, 1", "4, 0, -1, 1", "4, 0, 2, -1", "4, 0, 2, 4", "4, 3, 2, 9223372036854775807",
        "4, 9223372036854775807, 2, 1", "4, 0, 9223372036854775807, 0", "4, 0, 9223372036854775807, 9223372036854775807",
        "9223372036854775807, 0, 2, 1", "2147483647, 0, 2, 1", "4611686018427387904, 0, 2, 1", "-1, 0, 0, 1", "5, 0, 2, 1", "3, 0, 2, 1",
    })
    void refusesLyingSizes(long count, long offset, long length, long stride) {
        Path file = zip(state(number(count), number(offset), number(length), number(stride)), values(1, 2, 3, 4), ZipEntry.STORED);
        assertRefused(file, "Cannot read the weights");
    }

    @Test
    void refusesCompressedValuesAndABombOfViews() {
        assertRefused(zip(state(number(4), number(0), number(4), number(1)), new byte[16], ZipEntry.DEFLATED), "is not the plain values");
        List<Object> views = new ArrayList<>(List.of(0x80, 2, "}", "("));
        byte[] one = state(number(4), number(0), number(4), number(1));
        for (int i = 0; i < 100; i++) {
            views.add(text("a" + i));
            views.add(Arrays.copyOfRange(one, 6, one.length - 2));
        }
        views.add("u.");
        assertRefused(zip(bytes(views.toArray()), values(1, 2, 3, 4), ZipEntry.STORED), "again and again");
    }

    @Test
    void nothingThatAPickleNamesIsCalled() {
        for (String global : List.of("os\nsystem", "builtins\neval", "posix\nsystem", "torch\nload", "collections\nnamedtuple",
                "torch._utils\n_rebuild_device_tensor_from_numpy", "numpy.core.multiarray\nscalar")) {
            Path file = zip(bytes(0x80, 2, "c" + global + "\n", text("touch /tmp/hacked"), 0x85, "R."), new byte[0], ZipEntry.STORED);
            assertRefused(file, global.replace('\n', '.'));
            file = zip(bytes(0x80, 4, 0x8c, global.indexOf('\n'), global.replaceAll("\n.*", ""), 0x8c,
                global.length() - global.indexOf('\n') - 1, global.replaceAll(".*\n", ""), 0x93, "."), new byte[0], ZipEntry.STORED);
            assertRefused(file, global.replace('\n', '.'));
        }
    }

    @Test
    void bombsEndEarly() {
        byte[] nested = bytes(0x80, 2, "(".repeat(2_000_000));
        assertRefused(zip(nested, new byte[0], ZipEntry.STORED), "it ends early");
        assertRefused(zip(bytes(0x80, 2, "]".repeat(4_000_000), "."), new byte[0], ZipEntry.STORED), "more steps");
        assertRefused(zip(bytes(0x80, 2, "X", new byte[] {-1, -1, -1, 127}, "short."), new byte[0], ZipEntry.STORED), "longer than");
        assertRefused(zip(bytes(0x80, 2, "]", "N".repeat(20 << 20), "."), new byte[0], ZipEntry.STORED), "more steps");
        // a list that holds itself, as the key of a dictionary
        assertRefused(zip(bytes(0x80, 2, "}]q", 0, "h", 0, "aNs."), new byte[0], ZipEntry.STORED), "neither texts nor numbers");
        // a dictionary that holds itself is only looked at from outside
        assertRefused(zip(bytes(0x80, 2, "}q", 0, text("a"), "h", 0, "s."), new byte[0], ZipEntry.STORED), "no weights by name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "a", "e", "s", "t", "u", "R", "b", "Q", "h\7", "j\1\1\1\1", "c\n", "\205", "\207", "q\0", "i", "o",
        "\201", "\202\1", "\223", "P0\n", "V\n", "S'x'\n", "]a", "}N]s", "N)R", "(N(N"})
    void aPickleThatMakesNoSenseIsRefused(String operations) {
        assertRefused(zip(bytes(0x80, 2, operations, "."), new byte[0], ZipEntry.STORED), "Cannot read the weights");
    }

    @Test
    void bytesInTheOtherOrderAreTurned() throws IOException {
        Path file = folder.resolve("big.pth");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            entry(out, "x/data.pkl", state(number(2), number(0), number(2), number(1)), ZipEntry.STORED);
            entry(out, "x/byteorder", "big".getBytes(StandardCharsets.US_ASCII), ZipEntry.STORED);
            entry(out, "x/data/0", ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array(), ZipEntry.STORED);
        }
        assertEquals(Map.of("a", row(1.5f, -2)), WeightFile.read(file).tensors());
    }
}
