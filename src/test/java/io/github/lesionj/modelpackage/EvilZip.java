package io.github.lesionj.modelpackage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes zip files that no honest tool makes. */
final class EvilZip {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    EvilZip entry(String name, String content) throws IOException {
        return entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    EvilZip entry(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
        return this;
    }

    private byte[] bytes() throws IOException {
        zip.close();
        return bytes.toByteArray();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    /** Writes another name over every place where one stands; both have the same length. */
    Path writeRenamed(Path file, String name, String other) throws IOException {
        String text = new String(bytes(), StandardCharsets.ISO_8859_1).replace(name, other);
        return Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sets the Unix mode of the last entry, such as 0120777 for a link. */
    Path writeWithMode(Path file, int mode) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = all.limit() - 46; at >= 0; at--) {
            if (all.getInt(at) == 0x02014b50) {
                all.put(at + 5, (byte) 3).putInt(at + 38, mode << 16);
                break;
            }
        }
        return Files.write(file, all.array());
    }
}
