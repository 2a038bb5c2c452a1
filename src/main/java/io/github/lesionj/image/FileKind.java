package io.github.lesionj.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a file is by its first bytes, whatever its name says. */
enum FileKind {
    PNG("89504e470d0a1a0a"), JPEG("ffd8ff"), GIF("47494638"), BMP("424d"), TIFF_LITTLE("49492a00"), TIFF_BIG("4d4d002a"),
    BIG_TIFF_LITTLE("49492b00"), BIG_TIFF_BIG("4d4d002b"), PNM(""), OTHER("");

    private static final int LONGEST = 132;

    private final byte[] start;

    FileKind(String hex) {
        start = new byte[hex.length() / 2];
        for (int i = 0; i < start.length; i++) {
            start[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
    }

    static FileKind of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(LONGEST));
        }
    }

    private static FileKind of(byte[] head) {
        if (isDicom(head)) {
            return OTHER;
        }
        for (FileKind kind : values()) {
            if (kind == PNM ? isPnm(head) : head.length >= kind.start.length && Arrays.equals(kind.start, Arrays.copyOf(head, kind.start.length))) {
                return kind;
            }
        }
        return OTHER;
    }

    // The 128 bytes before DICOM's mark are free, and some hold a TIFF header for the same pixels.
    private static boolean isDicom(byte[] head) {
        return head.length == LONGEST && head[128] == 'D' && head[129] == 'I' && head[130] == 'C' && head[131] == 'M';
    }

    // P2, P3, P5 or P6, then a blank or a comment.
    private static boolean isPnm(byte[] head) {
        return head.length > 2 && head[0] == 'P' && "2356".indexOf(head[1]) >= 0 && " \t\r\n#".indexOf(head[2]) >= 0;
    }

    boolean isTiff() {
        return this == TIFF_LITTLE || this == TIFF_BIG || this == BIG_TIFF_LITTLE || this == BIG_TIFF_BIG;
    }
}
