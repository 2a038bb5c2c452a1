package io.github.lesionj.network;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonParseException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weights as a safetensors file: eight bytes with the length of a JSON header, the header, then the values, little-endian.
 *
 * <p>Only {@code F32} is written and read. Nothing that a header says is believed before it is checked against the
 * length of the file: a lying one gets a {@link UsageException} and never an allocation of the size it claims.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {

    /** The format's own limit. */
    private static final long LONGEST_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";

    private Safetensors() {
    }

    /**
     * Writes the file whole, or not at all.
     *
     * @param weights  by name; their order is kept
     * @param metadata free text by key
     */
    public static void write(Path file, Map<String, FloatTensor> weights, Map<String, String> metadata) {
        byte[] header = header(weights, metadata);
        WholeFile.write(file, out -> {
            out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
            out.write(header);
            for (FloatTensor tensor : weights.values()) {
                writeValues(out, tensor.values());
            }
        });
    }

    private static byte[] header(Map<String, FloatTensor> weights, Map<String, String> metadata) {
        JsonObject header = new JsonObject();
        JsonObject meta = new JsonObject();
        new TreeMap<>(metadata).forEach(meta::addProperty);
        header.add(METADATA, meta);
        long offset = 0;
        for (Map.Entry<String, FloatTensor> entry : weights.entrySet()) {
            long end = offset + 4L * entry.getValue().values().length;
            header.add(entry.getKey(), description(entry.getValue(), offset, end));
            offset = end;
        }
        StringBuilder text = new StringBuilder(header.toString());
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % 8 != 0) {
            text.append(' ');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject description(FloatTensor tensor, long begin, long end) {
        JsonObject description = new JsonObject();
        description.addProperty("dtype", "F32");
        JsonArray shape = new JsonArray();
        Arrays.stream(tensor.shape()).forEach(shape::add);
        description.add("shape", shape);
        JsonArray offsets = new JsonArray();
        offsets.add(begin);
        offsets.add(end);
        description.add("data_offsets", offsets);
        return description;
    }

    private static void writeValues(OutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    /**
     * Reads every tensor.
     *
     * @throws UsageException when the file cannot be read, is not such a file, or says what cannot be true
     */
    public static Map<String, FloatTensor> read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size();
            check(length >= 10, file, "it is too short");
            long headerLength = bytes(channel, 0, 8).getLong();
            check(headerLength >= 2 && headerLength <= Math.min(LONGEST_HEADER, length - 8), file,
                "its header claims " + headerLength + " bytes");
            JsonObject header = parse(file, bytes(channel, 8, (int) headerLength));
            Map<String, FloatTensor> weights = new LinkedHashMap<>();
            for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
                if (!entry.getKey().equals(METADATA)) {
                    weights.put(entry.getKey(), tensor(file, channel, 8 + headerLength, length, entry));
                }
            }
            return weights;
        } catch (IOException e) {
            throw new UsageException("Cannot read the weights " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private static JsonObject parse(Path file, ByteBuffer bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return JsonParser.parseString(text.toString()).getAsJsonObject();
        } catch (CharacterCodingException | JsonParseException | IllegalStateException e) {
            throw refused(file, "its header is not JSON", e);
        }
    }

    private static FloatTensor tensor(Path file, FileChannel channel, long start, long length,
            Map.Entry<String, JsonElement> entry) throws IOException {
        String name = entry.getKey();
        int[] shape;
        long begin;
        long end;
        String type;
        try {
            JsonObject description = entry.getValue().getAsJsonObject();
            type = description.get("dtype").getAsString();
            shape = integers(description.getAsJsonArray("shape"));
            JsonArray offsets = description.getAsJsonArray("data_offsets");
            begin = offsets.get(0).getAsBigDecimal().longValueExact();
            end = offsets.get(1).getAsBigDecimal().longValueExact();
        } catch (RuntimeException e) {
            throw refused(file, "its header does not describe " + name + " as the format wants it", e);
        }
        check(type.equals("F32"), file, name + " is of type " + type + ", only F32 is read");
        check(begin >= 0 && end >= begin && end <= length - start, file, "the values of " + name + " lie outside the file");
        check(4 * elements(file, name, shape) == end - begin, file,
            "the size of " + name + " does not go with its shape " + Arrays.toString(shape));
        float[] values = new float[(int) ((end - begin) / 4)];
        bytes(channel, start + begin, (int) (end - begin)).asFloatBuffer().get(values);
        return new FloatTensor(values, shape);
    }

    private static int[] integers(JsonArray array) {
        int[] integers = new int[array.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = array.get(i).getAsBigDecimal().intValueExact();
        }
        return integers;
    }

    private static long elements(Path file, String name, int[] shape) {
        long elements = 1;
        for (int axis : shape) {
            check(axis >= 0, file, name + " has a negative length");
            elements *= axis;
            check(elements <= Integer.MAX_VALUE / 4, file, name + " claims more values than can be read");
        }
        return elements;
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file ended early");
            }
        }
        return bytes.flip();
    }

    private static void check(boolean fine, Path file, String otherwise) {
        if (!fine) {
            throw refused(file, otherwise, null);
        }
    }

    private static UsageException refused(Path file, String why, Exception cause) {
        return new UsageException("Cannot read the weights " + file + ": " + why
            + ". Take a whole weights.safetensors file that a training wrote.", cause);
    }
}
