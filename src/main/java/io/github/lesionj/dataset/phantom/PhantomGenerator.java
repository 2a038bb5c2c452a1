package io.github.lesionj.dataset.phantom;

import io.github.lesionj.core.UsageException;

/**
 * Draws radiograph phantoms of one size. Same size and seed, same pixels. Thread-safe.
 *
 * <p>A normal phantom and one with a lesion of the same seed are equal everywhere but at the lesion. Lesions lie mostly in
 * the lungs, one in four anywhere over the body; radius 7 to 12 px in a frame of 128 px, and in proportion.
 */
public final class PhantomGenerator {

    /** Mean contrast of lesions in grey levels, chosen so that the baseline without learning reaches 65 to 80 %. */
    public static final double DEFAULT_CONTRAST = 60;

    private static final int SMALLEST = 32;
    private static final int LARGEST = 4096;
    private static final double QUANTUM_NOISE = 3.0;

    private final int width;
    private final int height;
    private final double contrast;
    private final double scale;

    public PhantomGenerator(int width, int height) {
        this(width, height, DEFAULT_CONTRAST);
    }

    /**
     * Draws at a difficulty of one's own.
     *
     * @param contrast mean contrast of lesions in grey levels; each lesion has 0.75 to 1.25 of it
     */
    public PhantomGenerator(int width, int height, double contrast) {
        if (Math.min(width, height) < SMALLEST || Math.max(width, height) > LARGEST) {
            throw new UsageException("A phantom of " + width + " x " + height + " px cannot be drawn: each edge must have "
                + SMALLEST + " to " + LARGEST + " px.");
        }
        this.width = width;
        this.height = height;
        this.contrast = contrast;
        this.scale = Math.min(width, height) / 128.0;
    }

    /** A phantom whose class follows from its seed: even is normal, odd has a lesion. */
    public Phantom draw(long seed) {
        return (seed & 1) == 0 ? normal(seed) : withLesion(seed);
    }

    /** The phantom of a seed without a lesion. */
    public Phantom normal(long seed) {
        return draw(seed, null);
    }

    /** The phantom of a seed with a lesion where the seed says. */
    public Phantom withLesion(long seed) {
        return draw(seed, place(seed));
    }

    /** The phantom of a seed with a given lesion, or with none where it is null. */
    public Phantom draw(long seed, Lesion lesion) {
        Canvas canvas = new Canvas(width, height);
        new ChestAnatomy(seed, scale).draw(canvas);
        new Distractors(seed, canvas, scale).draw();
        SeededRandom exposure = new SeededRandom(seed, 3);
        double gain = exposure.between(0.92, 1.08);
        double offset = exposure.between(-8, 8);
        for (int i = 0; i < canvas.values.length; i++) {
            canvas.values[i] = (float) (gain * canvas.values[i] + offset + QUANTUM_NOISE * exposure.gaussian());
        }
        if (lesion != null) {
            lesion.draw(canvas);
        }
        return new Phantom(eightBit(canvas.values), width, height, lesion, seed);
    }

    static byte[] eightBit(float[] values) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i])));
        }
        return pixels;
    }

    private Lesion place(long seed) {
        SeededRandom random = new SeededRandom(seed, 4);
        double radius = random.between(7, 12) * scale;
        double strength = contrast * random.between(0.75, 1.25);
        boolean inLung = random.chance(0.75);
        ChestAnatomy anatomy = new ChestAnatomy(seed, scale);
        double x;
        double y;
        do {
            x = random.between(radius, width - radius);
            y = random.between(radius, height - radius);
        } while (inLung ? anatomy.lung(x / width, y / height) < 0.9 : !overBody(x / width, y / height));
        return new Lesion(x, y, radius, strength);
    }

    private static boolean overBody(double u, double v) {
        return u > 0.1 && u < 0.9 && v > 0.2 && v < 0.92;
    }
}
