package io.github.lesionj.dataset;

import io.github.lesionj.core.Npy;
import io.github.lesionj.core.NpyType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small data sets on disk; the content of a "picture" is its text, for nothing here decodes it. */
final class DataFixture {

    private DataFixture() {
    }

    static Path picture(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    /** {@code count} pictures of distinct content. */
    static void pictures(Path folder, String prefix, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            picture(folder, prefix + i + ".png", prefix + i);
        }
    }

    static Path table(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    static final class Npz {

        private final Map<String, Npy> arrays = new LinkedHashMap<>();

        Npz with(String name, int[] shape, int... values) {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                bytes[i] = (byte) values[i];
            }
            arrays.put(name, Npy.of(NpyType.UINT8, shape, bytes));
            return this;
        }

        Path write(Path file) throws IOException {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                for (Map.Entry<String, Npy> array : arrays.entrySet()) {
                    zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                    array.getValue().write(zip);
                    zip.closeEntry();
                }
            }
            return file;
        }
    }
}
