package io.github.lesionj.dataset.phantom;

/**
 * One drawn radiograph.
 *
 * @param pixels 8 bit, rows from the top
 * @param width  in px
 * @param height in px
 * @param lesion null in a normal one
 * @param seed   that it was drawn from
 */
public record Phantom(byte[] pixels, int width, int height, Lesion lesion, long seed) {

    /** {@code normal} or {@code lesion}. */
    public String label() {
        return lesion == null ? "normal" : "lesion";
    }

    /** One pixel, 0 to 255. */
    public int pixel(int x, int y) {
        return pixels[y * width + x] & 0xff;
    }
}
