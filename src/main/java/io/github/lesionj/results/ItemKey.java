package io.github.lesionj.results;

import io.github.lesionj.core.FilePath;

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
     * {@link #path()} as {@link FilePath} makes it, which files of the item are named after.
     */
    public String filePath() {
        return FilePath.of(path());
    }
}
