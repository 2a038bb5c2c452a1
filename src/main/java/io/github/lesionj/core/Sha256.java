package io.github.lesionj.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hexadecimal. */
public final class Sha256 {

    private static final int CHUNK = 1 << 17;

    private final MessageDigest digest;

    /** A checksum that grows part by part. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Sha256 add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /** Adds a text's UTF-8 bytes and a line feed, so that two texts are not the one that they make together. */
    public Sha256 addLine(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        return add(bytes, 0, bytes.length);
    }

    /** The checksum of all that was added; this object begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of a file's bytes. */
    public static String of(Path file) throws IOException {
        Sha256 sha = new Sha256();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                sha.add(chunk, 0, count);
            }
        }
        return sha.hex();
    }

    /** Of bytes. */
    public static String of(byte[] bytes, int offset, int length) {
        return new Sha256().add(bytes, offset, length).hex();
    }

    /** Of a text's UTF-8 bytes. */
    public static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }
}
