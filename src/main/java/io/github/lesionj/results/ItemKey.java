package io.github.lesionj.results;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names one item of a run: an image, one plane of a stack, or one region of it.
 *
 * @param image path of the image under the input, parts separated by {@code /}, with its extension
 * @param c     channel from 1, or 0 where the item has no position in a stack
 * @param z     slice from 1, or 0
 * @param t     frame from 1, or 0
 * @param roi   name of the region, or null where the item is the whole image
 */
public record ItemKey(String image, int c, int z, int t, String roi) {

    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"|?*\\\\\\p{Cntrl}]");
    /** Bytes that leave room for a suffix and for the temporary name within the 255 that file systems allow. */
    private static final int LONGEST_NAME = 180;

    public ItemKey {
        image = image.replace('\\', '/');
    }

    /** An item that is a whole image. */
    public static ItemKey of(String image) {
        return new ItemKey(image, 0, 0, 0, null);
    }

    /** One plane of a stack; positions from 1. */
    public static ItemKey of(String image, int c, int z, int t) {
        return new ItemKey(image, c, z, t, null);
    }

    /** The same plane, one region of it. */
    public ItemKey region(String name) {
        return new ItemKey(image, c, z, t, name);
    }

    /** Whether the item is a plane of a stack. */
    public boolean hasPosition() {
        return c > 0 || z > 0 || t > 0;
    }

    /** The item as people read it, and as files are named after it: {@code a/b.tif_c1_z2_t3}. */
    public String path() {
        String position = hasPosition() ? (c > 0 ? "_c" + c : "") + "_z" + z + "_t" + t : "";
        return image + position + (roi == null ? "" : "_" + flat(roi));
    }

    /** A checksum keeps {@code a/b} apart from {@code a-b}. */
    private static String flat(String name) {
        return name.contains("/") ? name.replace('/', '-') + "-" + Integer.toHexString(name.hashCode()) : name;
    }

    /**
     * {@link #path()} as a relative path that stays inside a folder and that every file system accepts. Names that are
     * fine stay as they are; where one must change, a checksum keeps it apart from others.
     */
    public String filePath() {
        List<String> parts = new ArrayList<>();
        for (String part : path().split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(safe(part));
            }
        }
        return parts.isEmpty() ? "image" : String.join("/", parts);
    }

    private static String safe(String name) {
        String safe = name.equals("..") ? "__" : FORBIDDEN.matcher(name).replaceAll("_");
        safe = safe.endsWith(".") || safe.endsWith(" ") ? safe.substring(0, safe.length() - 1) + "_" : safe;
        boolean tooLong = safe.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
        if (safe.equals(name) && !tooLong || name.equals("..")) {
            return safe;
        }
        while (safe.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            safe = safe.substring(0, safe.offsetByCodePoints(safe.length(), -1));
        }
        return safe + "-" + Integer.toHexString(name.hashCode());
    }
}
