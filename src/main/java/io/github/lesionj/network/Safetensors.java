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
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Weights as a safetensors file: eight bytes with the length of a JSON header, the header, then the values, little-endian.
 *
 * <p>Weights are written as {@code F32}; {@link #open} reads the other floating types too. Nothing that a header says is
 * believed before it is checked against the length of the file: a lying one gets a {@link UsageException} and never an
 * allocation of the size it claims.
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
     * All that a file holds.
     *
     * @param tensors  those of a floating type, as float32, by name in the file's order
     * @param others   name of each other tensor, with its type
     * @param metadata free text by key
     */
    public record Content(Map<String, FloatTensor> tensors, Map<String, String> others, Map<String, String> metadata) {
    }

    /** One tensor as the header describes it; its values lie from {@code begin} to {@code end} behind the header. */
    private record Description(String type, int[] shape, long begin, long end) {
    }

    /**
     * Writes the file whole, or not at all.
     *
     * @param weights  by name; their order is kept
     * @param metadata free text by key
     */
    public static void write(Path file, Map<String, FloatTensor> weights, Map<String, String> metadata) {
        write(file, weights, List.of(), metadata);
    }

    /**
     * The same with counters, each one {@code I64} without axes that is 0.
     *
     * @param counters their names
     */
    public static void write(Path file, Map<String, FloatTensor> weights, Collection<String> counters, Map<String, String> metadata) {
        byte[] header = header(weights, counters, metadata);
        WholeFile.write(file, out -> {
            out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
            out.write(header);
            out.write(new byte[ElementType.I64.bytes() * counters.size()]);
            for (FloatTensor tensor : weights.values()) {
                writeValues(out, tensor.values());
            }
        });
    }

    private static byte[] header(Map<String, FloatTensor> weights, Collection<String> counters, Map<String, String> metadata) {
        JsonObject header = new JsonObject();
        JsonObject meta = new JsonObject();
        // sorted, for the same weights are to be the same bytes and the order of Map.of is another in every process
        new TreeMap<>(metadata).forEach(meta::addProperty);
        header.add(METADATA, meta);
        long offset = 0;
        for (String counter : counters) {
            header.add(counter, description(ElementType.I64, new int[0], offset, offset + ElementType.I64.bytes()));
            offset += ElementType.I64.bytes();
        }
        for (Map.Entry<String, FloatTensor> entry : weights.entrySet()) {
            long end = offset + 4L * entry.getValue().values().length;
            header.add(entry.getKey(), description(ElementType.F32, entry.getValue().shape(), offset, end));
            offset = end;
        }
        StringBuilder text = new StringBuilder(header.toString());
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % 8 != 0) {
            text.append(' ');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject description(ElementType type, int[] lengths, long begin, long end) {
        JsonObject description = new JsonObject();
        description.addProperty("dtype", type.name());
        JsonArray shape = new JsonArray();
        Arrays.stream(lengths).forEach(shape::add);
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
     * Reads every tensor of a file that holds nothing but float32.
     *
     * @throws UsageException when the file cannot be read, is not such a file, or says what cannot be true
     */
    public static Map<String, FloatTensor> read(Path file) {
        return read(file, EnumSet.of(ElementType.F32), true).tensors();
    }

    /**
     * Reads every tensor of a floating type, and names the others.
     *
     * @throws UsageException when the file cannot be read, is not such a file, or says what cannot be true
     */
    public static Content open(Path file) {
        return read(file, EnumSet.range(ElementType.F32, ElementType.BF16), false);
    }

    private static Content read(Path file, Set<ElementType> wanted, boolean only) {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size();
            check(length >= 10, file, "it is too short");
            long headerLength = bytes(channel, 0, 8).getLong();
            check(headerLength >= 2 && headerLength <= Math.min(LONGEST_HEADER, length - 8), file,
                "its header claims " + headerLength + " bytes");
            JsonObject header = parse(file, bytes(channel, 8, (int) headerLength));
            long start = 8 + headerLength;
            Content content = new Content(new LinkedHashMap<>(), new LinkedHashMap<>(), metadata(file, header.remove(METADATA)));
            long claimed = 0;
            for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
                String name = entry.getKey();
                Description tensor = description(file, name, entry.getValue(), length - start);
                claimed += tensor.end() - tensor.begin();
                check(claimed <= length - start, file, "its header gives the same bytes to several tensors");
                Optional<ElementType> type = ElementType.named(tensor.type()).filter(wanted::contains);
                check(type.isPresent() || !only, file, name + " is of type " + tensor.type() + ", only F32 is read");
                if (type.isPresent()) {
                    content.tensors().put(name, tensor(file, name, channel, start, tensor, type.get()));
                } else {
                    content.others().put(name, tensor.type());
                }
            }
            return content;
        } catch (IOException e) {
            throw new UsageException("Cannot read the weights " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private static JsonObject parse(Path file, ByteBuffer bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return JsonParser.parseString(text.toString()).getAsJsonObject();
        } catch (CharacterCodingException | JsonParseException | IllegalStateException | StackOverflowError e) {
            throw refused(file, "its header is not JSON", e);
        }
    }

    private static Map<String, String> metadata(Path file, JsonElement metadata) {
        Map<String, String> texts = new TreeMap<>();
        if (metadata != null) {
            check(metadata.isJsonObject(), file, "its metadata are not texts by key");
            metadata.getAsJsonObject().entrySet().stream().filter(entry -> entry.getValue().isJsonPrimitive())
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
        }
        return texts;
    }

    private static Description description(Path file, String name, JsonElement element, long bytes) {
        Description description;
        try {
            JsonObject object = element.getAsJsonObject();
            JsonArray offsets = object.getAsJsonArray("data_offsets");
            description = new Description(object.get("dtype").getAsString(), integers(object.getAsJsonArray("shape")),
                offsets.get(0).getAsBigDecimal().longValueExact(), offsets.get(1).getAsBigDecimal().longValueExact());
        } catch (RuntimeException e) {
            throw refused(file, "its header does not describe " + name + " as the format wants it", e);
        }
        check(description.begin() >= 0 && description.end() >= description.begin() && description.end() <= bytes, file,
            "the values of " + name + " lie outside the file");
        return description;
    }

    private static FloatTensor tensor(Path file, String name, FileChannel channel, long start, Description tensor, ElementType type)
            throws IOException {
        long length = tensor.end() - tensor.begin();
        check(type.bytes() * elements(file, name, tensor.shape()) == length, file,
            "the size of " + name + " does not go with its shape " + Arrays.toString(tensor.shape()));
        check(length <= Integer.MAX_VALUE - 8, file, name + " has more values than can be read");
        return new FloatTensor(type.floats(bytes(channel, start + tensor.begin(), (int) length)), tensor.shape());
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

    private static UsageException refused(Path file, String why, Throwable cause) {
        return new UsageException("Cannot read the weights " + file + ": " + why
            + ". Take a whole safetensors file, such as the weights.safetensors that a training wrote.", cause);
    }
}
