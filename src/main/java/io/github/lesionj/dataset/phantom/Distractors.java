package io.github.lesionj.dataset.phantom;

/**
 * What is bright but no lesion, in both classes: calcified dots, electrodes with their leads, buttons, tubes, scars. Each
 * differs from a lesion by shape or edge: tiny, ring-like, sharp-edged or elongated.
 */
final class Distractors {

    private final SeededRandom random;
    private final Canvas canvas;
    private final double scale;

    Distractors(long seed, Canvas canvas, double scale) {
        this.random = new SeededRandom(seed, 2);
        this.canvas = canvas;
        this.scale = scale;
    }

    void draw() {
        for (int i = random.below(4); i > 0; i--) {
            canvas.disc(x(0.1), y(0.1), random.between(0.8, 1.6) * scale, random.between(35, 75));
        }
        for (int i = random.below(3); i > 0; i--) {
            electrode();
        }
        for (int i = random.below(3); i > 0; i--) {
            scar();
        }
        if (random.chance(0.45)) {
            canvas.disc(x(0.12), y(0.12), random.between(2.8, 5.5) * scale, random.between(16, 40));
        }
        if (random.chance(0.35)) {
            tube();
        }
    }

    private double x(double margin) {
        return random.between(margin, 1 - margin) * canvas.width;
    }

    private double y(double margin) {
        return random.between(margin, 1 - margin) * canvas.height;
    }

    private void electrode() {
        double x = x(0.12);
        double y = y(0.12);
        canvas.ring(x, y, random.between(3.5, 6.5) * scale, random.between(1.2, 2) * scale, random.between(22, 42));
        if (random.chance(0.7)) {
            thread(x, y, random.between(-Math.PI, Math.PI), random.between(0.5, 0.8) * scale, random.between(20, 40));
        }
    }

    private void tube() {
        thread(x(0.3), 0, random.between(1.2, 1.9), random.between(1.0, 1.6) * scale, random.between(14, 26));
    }

    /** A long thin line with a slow bend. */
    private void thread(double startX, double startY, double startAngle, double half, double contrast) {
        int steps = 10 + random.below(12);
        double bend = random.between(-0.12, 0.12);
        double[][] points = new double[steps][];
        double[] contrasts = new double[steps];
        double x = startX;
        double y = startY;
        double angle = startAngle;
        for (int i = 0; i < steps; i++) {
            points[i] = new double[] {x, y, half};
            contrasts[i] = contrast;
            x += 5 * scale * Math.cos(angle);
            y += 5 * scale * Math.sin(angle);
            angle += bend;
        }
        canvas.line(points, contrasts);
    }

    /** A soft streak, four times as long as wide or more: as soft as a lesion, but no blob. */
    private void scar() {
        double x = x(0.15);
        double y = y(0.15);
        double angle = random.between(0, Math.PI);
        double wide = random.between(2.5, 4.2) * scale;
        double length = wide * random.between(4, 6);
        double contrast = random.between(16, 32);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        canvas.add(x, y, length + 1, (px, py) -> {
            double along = ((px - x) * cos + (py - y) * sin) / length;
            double across = ((py - y) * cos - (px - x) * sin) / wide;
            return contrast * Lesion.profile(Math.hypot(along, across));
        });
    }
}
