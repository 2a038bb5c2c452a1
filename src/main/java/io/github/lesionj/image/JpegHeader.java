package io.github.lesionj.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What must be known of a JPEG before it is decoded.
 *
 * @param components  of the first frame: 1 grey, 3 colour, 4 CMYK; 0 where no frame was found
 * @param bits        per component
 * @param orientation EXIF orientation 1..8; 1 where there is none
 */
record JpegHeader(int components, int bits, int orientation) {

    static JpegHeader of(byte[] file) {
        int orientation = 1;
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            int length = unsigned16(file, at + 2, true);
            if (isFrame(marker) && at + 9 < file.length) {
                return new JpegHeader(file[at + 9] & 0xff, file[at + 4] & 0xff, orientation);
            }
            if (marker == 0xe1 && startsWith(file, at + 4, "Exif\0\0")) {
                orientation = orientation(file, at + 10, Math.min(file.length, at + 2 + length));
            }
            at += 2 + length;
        }
        return new JpegHeader(0, 0, orientation);
    }

    // Start of frame 0..15, without the tables and extensions among those numbers.
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    // A small TIFF: header, then the entries of its first directory, 12 bytes each; orientation is tag 0x0112.
    private static int orientation(byte[] file, int tiff, int end) {
        if (tiff + 8 > end) {
            return 1;
        }
        boolean big = file[tiff] == 'M';
        long directory = tiff + ((long) unsigned16(file, tiff + (big ? 4 : 6), big) << 16)
            + unsigned16(file, tiff + (big ? 6 : 4), big);
        if (directory + 2 > end) {
            return 1;
        }
        int entries = unsigned16(file, (int) directory, big);
        for (int i = 0; i < entries && directory + 2 + 12L * (i + 1) <= end; i++) {
            int entry = (int) directory + 2 + 12 * i;
            if (unsigned16(file, entry, big) == 0x0112) {
                int value = unsigned16(file, entry + 8, big);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    private static int unsigned16(byte[] file, int at, boolean big) {
        int first = file[at] & 0xff;
        int second = file[at + 1] & 0xff;
        return big ? first << 8 | second : second << 8 | first;
    }

    private static boolean startsWith(byte[] file, int at, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        return at + expected.length <= file.length
            && Arrays.equals(expected, Arrays.copyOfRange(file, at, at + expected.length));
    }
}
