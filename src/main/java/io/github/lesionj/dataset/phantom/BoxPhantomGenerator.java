package io.github.lesionj.dataset.phantom;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws radiograph phantoms of 256 x 256 px with small lesions: soft round shadows of 4 to 8 px, none to five on an image. The same seed
 * gives the same pixels. Thread-safe.
 *
 * <p>What makes them hard is on all images alike and differs from a lesion by its form: grains and calcified dots with sharp edges, small
 * rings, short soft streaks, and the vessels and ribs of the anatomy. A detector of blobs answers to them as to lesions.
 */
public final class BoxPhantomGenerator {

    /** Edge of an image in px. */
    public static final int EDGE = 256;
    /** Mean contrast of lesions in grey levels; each has 0.8 to 1.2 of it. */
    public static final double CONTRAST = 42;

    private static final double SMALLEST_RADIUS = 2;
    private static final double LARGEST_RADIUS = 4;
    private static final int MOST = 5;
    /** Px between the edges of two lesions. */
    private static final double GAP = 3;
    private static final double QUANTUM_NOISE = 3;
    private static final double SCALE = EDGE / 128.0;

    private BoxPhantomGenerator() {
    }

    /** The phantom of a seed. */
    public static BoxPhantom draw(long seed) {
        Canvas canvas = new Canvas(EDGE, EDGE);
        new ChestAnatomy(seed, SCALE).draw(canvas);
                List<Lesion> lesions = lesions(seed);
        clutter(seed, canvas, lesions);
        SeededRandom exposure = new SeededRandom(seed, 13);
        double gain = exposure.between(0.92, 1.08);
        double offset = exposure.between(-8, 8);
        for (int i = 0; i < canvas.values.length; i++) {
            canvas.values[i] = (float) (gain * canvas.values[i] + offset);
        }
        lesions.forEach(lesion -> lesion.draw(canvas));
        for (int i = 0; i < canvas.values.length; i++) {
            canvas.values[i] += (float) (QUANTUM_NOISE * exposure.gaussian());
        }
        return new BoxPhantom(PhantomGenerator.eightBit(canvas.values), EDGE, EDGE, lesions, seed);
    }

    private static List<Lesion> lesions(long seed) {
        SeededRandom random = new SeededRandom(seed, 14);
        List<Lesion> lesions = new ArrayList<>();
        int count = random.below(MOST + 1);
        while (lesions.size() < count) {
            double radius = random.between(SMALLEST_RADIUS, LARGEST_RADIUS);
            double x = random.between(0.1, 0.9) * EDGE;
            double y = random.between(0.15, 0.92) * EDGE;
            double contrast = CONTRAST * random.between(0.8, 1.2);
            if (isFree(lesions, x, y, radius + GAP)) {
                lesions.add(new Lesion(x, y, radius, contrast));
            }
        }
        return lesions;
    }

    private static boolean isFree(List<Lesion> lesions, double x, double y, double radius) {
        return lesions.stream().allMatch(lesion -> Math.hypot(lesion.x() - x, lesion.y() - y) > lesion.radius() + radius);
    }

    /** Small things that are no lesions, beside them and not on them. */
    private static void clutter(long seed, Canvas canvas, List<Lesion> lesions) {
        SeededRandom random = new SeededRandom(seed, 15);
        for (int i = 3 + random.below(4); i > 0; i--) {
            place(random, lesions, 3, (x, y) -> canvas.disc(x, y, random.between(0.6, 1.1), random.between(25, 55)));
        }
        for (int i = 1 + random.below(3); i > 0; i--) {
            place(random, lesions, 7, (x, y) -> canvas.ring(x, y, random.between(3, 4.5), random.between(1, 1.5), random.between(18, 32)));
        }
        for (int i = 3 + random.below(4); i > 0; i--) {
            place(random, lesions, 14, (x, y) -> streak(canvas, random, x, y));
        }
    }

    /** Draws at a place. */
    @FunctionalInterface
    private interface Drawing {
        void at(double x, double y);
    }

    private static void place(SeededRandom random, List<Lesion> lesions, double reach, Drawing drawing) {
        double x;
        double y;
        do {
            x = random.between(0.05, 0.95) * EDGE;
            y = random.between(0.05, 0.95) * EDGE;
        } while (!isFree(lesions, x, y, reach));
        drawing.at(x, y);
    }

    /** As soft as a lesion and as wide, but three to four times as long. */
    private static void streak(Canvas canvas, SeededRandom random, double x, double y) {
        double angle = random.between(0, Math.PI);
        double wide = random.between(SMALLEST_RADIUS, 3);
        double length = wide * random.between(3, 4);
        double contrast = random.between(30, 55);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        canvas.add(x, y, length + 1, (px, py) -> {
            double along = ((px - x) * cos + (py - y) * sin) / length;
            double across = ((py - y) * cos - (px - x) * sin) / wide;
            return contrast * Lesion.profile(Math.hypot(along, across));
        });
    }
}
