package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir
    Path folder;

    @Test
    void comesBackAsItWasWritten() {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        weights.put("b.weight", new FloatTensor(new float[] {1, -2.5f, Float.MIN_VALUE, Float.NaN, 0, 6}, 2, 3));
        weights.put("a \"quoted\" ü", new FloatTensor(new float[] {7}, 1));
        weights.put("scalar", new FloatTensor(new float[] {8}));
        weights.put("empty", new FloatTensor(new float[0], 0, 3));
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, weights, Map.of("made by", "a test"));
        Map<String, FloatTensor> read = Safetensors.read(file);
        assertEquals(weights, read);
        assertEquals(new ArrayList<>(weights.keySet()), new ArrayList<>(read.keySet()));
    }

    @Test
    void theSameWeightsAreTheSameBytesInWhateverOrderTheMetadataComes() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("a", "1"));
        metadata.put("b", "2");
        Map<String, String> turned = new LinkedHashMap<>(Map.of("b", "2"));
        turned.put("a", "1");
        Map<String, FloatTensor> weights = Map.of("x", new FloatTensor(new float[] {1}, 1));
        Safetensors.write(folder.resolve("1"), weights, metadata);
        Safetensors.write(folder.resolve("2"), weights, turned);
        assertEquals(-1, Files.mismatch(folder.resolve("1"), folder.resolve("2")));
    }

    @Test
    void readsBytesWrittenByHand() throws IOException {
        Path file = file("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 1f, 2f);
        assertEquals(Map.of("x", new FloatTensor(new float[] {1, 2}, 2)), Safetensors.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,800]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967298],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"x\":7}", "[1]", "nonsense{", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9e99]}}"})
    void refusesALyingHeader(String header) throws IOException {
        Path file = file(header, 1f, 2f);
        UsageException refused = assertThrows(UsageException.class, () -> Safetensors.read(file));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void refusesALyingLengthOfTheHeader() throws IOException {
        for (long length : new long[] {-1, 0, 1, 99, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            Path file = folder.resolve("length-" + length);
            Files.write(file, ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
            assertThrows(UsageException.class, () -> Safetensors.read(file));
        }
        Path empty = Files.createFile(folder.resolve("empty"));
        for (Path file : List.of(empty, folder.resolve("missing"), folder)) {
            assertThrows(UsageException.class, () -> Safetensors.read(file));
        }
    }

    /** Two tensors of the same bytes, and brackets within brackets without end. */
    @Test
    void refusesAHeaderThatMultipliesOrNests() throws IOException {
        String one = "\"%s\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
        Path twice = file("{" + String.format(one, "x") + "," + String.format(one, "y") + "}", 1f, 2f);
        assertTrue(assertThrows(UsageException.class, () -> Safetensors.open(twice)).getMessage().contains("same bytes"));
        Path nested = file("{\"x\":" + "[".repeat(3_000_000) + "}", 1f, 2f);
        assertThrows(UsageException.class, () -> Safetensors.open(nested));
    }

    @Test
    void opensOtherTypesAndMetadata() throws IOException {
        Path file = file("{\"__metadata__\":{\"format\":\"pt\"},\"half\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
            + "\"steps\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[4,8]}}", Float.intBitsToFloat(0xC0003C00), 0f);
        Safetensors.Content content = Safetensors.open(file);
        assertEquals(Map.of("half", new FloatTensor(new float[] {1, -2}, 2)), content.tensors());
        assertEquals(Map.of("steps", "I32"), content.others());
        assertEquals(Map.of("format", "pt"), content.metadata());
    }

    private Path file(String header, float... values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Files.write(folder.resolve("by-hand.safetensors"), bytes.array());
    }
}
