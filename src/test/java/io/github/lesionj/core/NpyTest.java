package io.github.lesionj.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays written by NumPy itself; see src/test/python/make_npy.py. */
class NpyTest {

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = NpyTest.class.getResourceAsStream("/npy/" + name)) {
            return in.readAllBytes();
        }
    }

    private static Npy read(String name) throws IOException {
        return Npy.read(new ByteArrayInputStream(resource(name)), name);
    }

    @Test
    void readsFloats() throws IOException {
        FloatTensor tensor = read("float32.npy").toFloats();
        assertArrayEquals(new int[] {2, 3, 4}, tensor.shape());
        assertEquals(-1f, tensor.values()[0]);
        assertEquals(23 / 8f - 1, tensor.values()[23]);
    }

    @Test
    void readsEveryTypeExactly() throws IOException {
        assertEquals(Math.PI, read("float64.npy").value(0));
        assertEquals(Double.NEGATIVE_INFINITY, read("float64.npy").value(1));
        assertArrayEquals(new float[] {0, 127, 128, 255}, read("uint8.npy").toFloats().values());
        assertEquals(-Math.pow(2, 40), read("int64.npy").value(0));
        assertEquals(65535, read("uint16.npy").value(0));
        assertArrayEquals(new float[] {1, 0}, read("bool.npy").toFloats().values());
    }

    @Test
    void readsNumbersAndEmptyArrays() throws IOException {
        assertArrayEquals(new int[0], read("scalar.npy").shape());
        assertEquals(2.5, read("scalar.npy").value(0));
        assertArrayEquals(new int[] {0, 3}, read("empty.npy").shape());
        assertEquals(0, read("empty.npy").size());
    }

    @Test
    void readsVersionTwo() throws IOException {
        assertArrayEquals(new float[] {0, 1, 2}, read("version2.npy").toFloats().values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32.npy", "scalar.npy", "empty.npy"})
    void writesWhatNumPyWrites(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Npy.of(read(name).toFloats()).write(out);
        assertArrayEquals(resource(name), out.toByteArray());
    }

    @Test
    void leavesWhatFollowsInTheStream() throws IOException {
        byte[] array = resource("uint8.npy");
        ByteArrayInputStream in = new ByteArrayInputStream(Arrays.copyOf(array, array.length + 5));
        Npy.read(in, "x");
        assertEquals(5, in.available());
    }

    @ParameterizedTest
    @CsvSource({"fortran.npy,Fortran", "big_endian.npy,>f4", "text.npy,<U1", "structured.npy,header"})
    void refusesInWords(String name, String word) {
        UsageException refused = assertThrows(UsageException.class, () -> read(name));
        assertTrue(refused.getMessage().contains(word) && refused.getMessage().contains(name), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 8, 9, 40, 128, 200, 223})
    void refusesWhatIsCutOff(int length) throws IOException {
        byte[] start = Arrays.copyOf(resource("float32.npy"), length);
        assertThrows(UsageException.class, () -> Npy.read(new ByteArrayInputStream(start), "x.npy"));
    }

    @Test
    void aLyingHeaderCostsNoMemory() throws IOException {
        String text = new String(resource("float32.npy"), "ISO-8859-1");
        for (String shape : new String[] {"500000000", "999999999", "99999999999"}) {
            String lie = text.replaceFirst("\\(2, 3, 4\\), \\}", "(" + shape + ",), }");
            assertThrows(UsageException.class,
                () -> Npy.read(new ByteArrayInputStream(lie.getBytes("ISO-8859-1")), "x.npy"));
        }
        String overflow = text.replaceFirst("\\(2, 3, 4\\), \\} {12}", "(2147483647,2147483647,9), }");
        assertThrows(UsageException.class,
            () -> Npy.read(new ByteArrayInputStream(overflow.getBytes("ISO-8859-1")), "x.npy"));
    }
}
