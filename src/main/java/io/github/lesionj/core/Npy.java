package io.github.lesionj.core;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in NumPy's {@code .npy} format: little endian, last axis fastest.
 *
 * <p>Read are format versions 1 to 3, written is version 1. Source: NumPy Enhancement Proposal 1, A Simple File Format for
 * NumPy Arrays. Not copied anywhere: whoever makes one gives its bytes away.
 */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int FIRST_CHUNK = 1 << 26;
    private static final long LARGEST = Integer.MAX_VALUE - 16L;

    private final NpyType type;
    private final int[] shape;
    private final byte[] bytes;

    private Npy(NpyType type, int[] shape, byte[] bytes) {
        this.type = type;
        this.shape = shape;
        this.bytes = bytes;
    }

    /** A float32 array. */
    public static Npy of(FloatTensor tensor) {
        ByteBuffer buffer = ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(tensor.values());
        return new Npy(NpyType.FLOAT32, tensor.shape(), buffer.array());
    }

    /**
     * An array of any of the types.
     *
     * @param bytes the elements, little endian; their number must be that of the shape
     */
    public static Npy of(NpyType type, int[] shape, byte[] bytes) {
        if (size("", shape) * type.bytes() != bytes.length) {
            throw new IllegalArgumentException(bytes.length + " bytes do not fill the shape " + Arrays.toString(shape));
        }
        return new Npy(type, shape.clone(), bytes);
    }

    public NpyType type() {
        return type;
    }

    /** Length of each axis; empty for a single number. */
    public int[] shape() {
        return shape.clone();
    }

    /** Number of elements. */
    public int size() {
        return bytes.length / type.bytes();
    }

    /** The elements as they lie in the file, little endian, not copied. */
    public byte[] bytes() {
        return bytes;
    }

    /** One element, by its place in the file. Integers beyond 2^53 lose their last digits. */
    public double value(int index) {
        return type.read(buffer(), index);
    }

    /** All elements as float32, with the same shape. */
    public FloatTensor toFloats() {
        float[] values = new float[size()];
        ByteBuffer buffer = buffer();
        if (type == NpyType.FLOAT32) {
            buffer.asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) type.read(buffer, i);
            }
        }
        return new FloatTensor(values, shape());
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads a file. */
    public static Npy read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    /**
     * Reads one array from a stream, up to its last byte and not further, such as an entry of an {@code .npz}.
     *
     * @param in   need not be buffered
     * @param name what messages call it
     * @throws UsageException when the bytes are not such an array, end too early, or hold a type that is not supported
     */
    public static Npy read(InputStream in, String name) throws IOException {
        String header = header(in, name);
        NpyType type = NpyType.ofDescription(match(header, name, "'descr'\\s*:\\s*'([^']*)'"), name);
        if (match(header, name, "'fortran_order'\\s*:\\s*(True|False)").equals("True")) {
            throw new UsageException("Cannot read " + name + ": the array is in Fortran order. Save it again with "
                + "numpy.ascontiguousarray.");
        }
        int[] shape = shape(match(header, name, "'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)"), name);
        long length = size(name, shape) * type.bytes();
        if (length > LARGEST) {
            throw new UsageException("Cannot read " + name + ": its array has " + length + " bytes, more than 2 GB.");
        }
        return new Npy(type, shape, read(in, (int) length, name));
    }

    private static String header(InputStream in, String name) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new UsageException("Cannot read " + name + ": it is not a NumPy array (.npy).");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new UsageException("Cannot read " + name + ": version " + version + " of the .npy format is not known.");
        }
        ByteBuffer length = ByteBuffer.wrap(read(in, version == 1 ? 2 : 4, name)).order(ByteOrder.LITTLE_ENDIAN);
        int bytes = version == 1 ? length.getShort() & 0xffff : length.getInt();
        if (bytes < 0 || bytes > LONGEST_HEADER) {
            throw broken(name);
        }
        return new String(read(in, bytes, name), StandardCharsets.UTF_8);
    }

    private static String match(String header, String name, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(header);
        if (!matcher.find()) {
            throw broken(name);
        }
        return matcher.group(1);
    }

    private static UsageException broken(String name) {
        return new UsageException("Cannot read " + name + ": its .npy header is broken or of a kind that is not "
            + "supported. Save it again with numpy.save.");
    }

    private static int[] shape(String text, String name) {
        String lengths = text.replaceAll("[\\sL]", "");
        if (lengths.isEmpty()) {
            return new int[0];
        }
        try {
            return Arrays.stream(lengths.split(",")).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw broken(name);
        }
    }

    private static long size(String name, int[] shape) {
        try {
            long elements = 1;
            for (int length : shape) {
                elements = Math.multiplyExact(elements, (long) length);
            }
            return Math.multiplyExact(elements, 8L) / 8;
        } catch (ArithmeticException e) {
            throw broken(name);
        }
    }

    /** Reads exactly so many bytes; memory grows with what is really there, for the header may lie. */
    private static byte[] read(InputStream in, int length, String name) throws IOException {
        byte[] bytes = new byte[Math.min(length, FIRST_CHUNK)];
        int filled = 0;
        while (true) {
            int count = in.readNBytes(bytes, filled, bytes.length - filled);
            filled += count;
            if (filled == length) {
                return bytes;
            }
            if (filled < bytes.length) {
                throw new UsageException("Cannot read " + name + ": it is cut off. Copy or save it again.");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
        }
    }

    /** Writes the array in version 1 of the format; the same array gives the same bytes. */
    public void write(OutputStream out) throws IOException {
        StringJoiner lengths = new StringJoiner(", ", "(", shape.length == 1 ? ",)" : ")");
        for (int length : shape) {
            lengths.add(Integer.toString(length));
        }
        String header = String.format(Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }",
            type.description(), lengths);
        int preamble = MAGIC.length + 4;
        int padded = (preamble + header.length() + 1 + 63) / 64 * 64;
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) (padded - preamble), (byte) ((padded - preamble) >> 8)});
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(" ".repeat(padded - preamble - header.length() - 1).getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
        out.write(bytes);
    }
}
