package io.github.lesionj.dataset.phantom;

/**
 * What a frontal chest radiograph shows without any finding: torso, lungs, heart, spine, diaphragm, ribs, clavicles, vessels,
 * and the texture of tissue. Drawn in coordinates 0..1 of the frame, so that it fills frames of any proportions.
 */
final class ChestAnatomy {

    private static final double AIR = 14;

    private final SeededRandom random;
    private final double middle;
    private final double apex;
    private final double[] diaphragm;
    private final double lungWidth;
    private final double heartX;
    private final double heartY;
    private final double heartWidth;
    private final double heartHeight;
    private final double tissue;
    private final double lungDepth;
    private final double ribPhase;
    private final double ribGap;
    private final double ribContrast;
    private final double scale;

    /** A body of its own for every seed. */
    ChestAnatomy(long seed, double scale) {
        this.random = new SeededRandom(seed, 1);
        this.scale = scale;
        this.middle = random.between(0.475, 0.525);
        this.apex = random.between(0.07, 0.13);
        this.diaphragm = new double[] {random.between(0.76, 0.86), random.between(0.79, 0.89)};
        this.lungWidth = random.between(0.36, 0.42);
        this.heartX = middle + random.between(0.03, 0.07);
        this.heartY = random.between(0.60, 0.68);
        this.heartWidth = random.between(0.13, 0.18);
        this.heartHeight = random.between(0.16, 0.21);
        this.tissue = random.between(138, 160);
        this.lungDepth = random.between(58, 74);
        this.ribPhase = random.between(0, 1);
        this.ribGap = random.between(0.080, 0.100);
        this.ribContrast = random.between(13, 21);
    }

    /** Draws everything; the canvas is empty. */
    void draw(Canvas canvas) {
        float[] lungs = new float[canvas.values.length];
        for (int row = 0; row < canvas.height; row++) {
            double v = (row + 0.5) / canvas.height;
            for (int column = 0; column < canvas.width; column++) {
                double u = (column + 0.5) / canvas.width;
                double lung = lung(u, v);
                int at = row * canvas.width + column;
                lungs[at] = (float) lung;
                canvas.values[at] = (float) body(u, v, lung);
            }
        }
        texture(canvas, lungs);
        Canvas vessels = new Canvas(canvas.width, canvas.height);
        for (int side = -1; side <= 1; side += 2) {
            vessels(vessels, side);
            clavicle(canvas, side);
        }
        for (int i = 0; i < lungs.length; i++) {
            canvas.values[i] += vessels.values[i];
        }
    }

    private double body(double u, double v, double lung) {
        double halfWidth = 0.32 + 0.25 * step(-0.14, 0.12, v) - 0.03 * step(0.4, 1.0, v);
        double across = (u - middle) / halfWidth;
        double torso = 1 - step(0.86, 1.1, Math.abs(across));
        double thick = tissue * (0.78 + 0.22 * Math.sqrt(Math.max(0, 1 - across * across))) + 22 * (v - 0.4);
        double value = AIR + (thick - AIR) * torso;
        value -= lungDepth * lung;
        value += ribs(u, v) * (0.35 + 0.65 * lung) * torso;
        return value + spine(u, v) + 10 * heart(u, v);
    }

    /** How much of a point is lung, 0..1. */
    double lung(double u, double v) {
        int side = u < middle ? -1 : 1;
        double out = (u - middle) * side;
        double medial = 0.068 + 0.015 * step(0.3, 0.8, v);
        double rise = Math.max(0, Math.min(1, (v - apex) / 0.5));
        double lateral = 0.12 + (lungWidth - 0.12) * Math.sqrt(rise * (2 - rise));
        double top = apex + 2.4 * (out - 0.17) * (out - 0.17);
        double dome = diaphragm[side < 0 ? 0 : 1] - 0.06 + 1.7 * (out - 0.17) * (out - 0.17);
        double lung = step(medial - 0.02, medial + 0.03, out) * (1 - step(lateral - 0.03, lateral + 0.015, out))
            * step(top - 0.015, top + 0.045, v) * (1 - step(dome - 0.025, dome + 0.02, v));
        return lung * (1 - 0.9 * heart(u, v));
    }

    private double heart(double u, double v) {
        double x = (u - heartX) * 0.94 + (v - heartY) * 0.34;
        double y = (v - heartY) * 0.94 - (u - heartX) * 0.34;
        double distance = Math.sqrt(x * x / (heartWidth * heartWidth) + y * y / (heartHeight * heartHeight));
        return 1 - step(0.9, 1.1, distance);
    }

    private double spine(double u, double v) {
        double across = Math.abs(u - middle) / 0.045;
        double vertebra = 0.75 + 0.25 * step(0.1, 0.4, Math.abs(fraction(v / 0.062 + ribPhase) - 0.5) * 2);
        return 9 * (1 - step(0.6, 1.3, across)) * vertebra;
    }

    /** Posterior ribs falling outwards and, fainter, anterior ribs rising outwards; each a band with brighter edges. */
    private double ribs(double u, double v) {
        double out = Math.abs(u - middle) / 0.42;
        if (out < 0.09 || out > 1.08 || v < 0.05) {
            return 0;
        }
        double posterior = v - 0.05 * Math.sin(Math.PI * Math.min(1, out * 1.05)) * -1 - 0.13 * out * out;
        double anterior = v + 0.20 * out - 0.11;
        double fade = step(0.09, 0.2, out) * (1 - step(1.0, 1.08, out));
        double front = step(0.35, 0.6, out) * 0.55;
        return ribContrast * fade * (band(posterior / ribGap + ribPhase, 0.42)
            + front * band(anterior / (1.12 * ribGap) + ribPhase * 0.7, 0.46));
    }

    private static double band(double place, double width) {
        double across = Math.abs(fraction(place) - 0.5) * 2 / width;
        double inside = 1 - step(0.85, 1.1, across);
        double cortex = step(0.45, 0.85, across) * inside;
        return 0.62 * inside + 0.38 * cortex;
    }

    private void texture(Canvas canvas, float[] lungs) {
        Canvas fine = new Canvas(canvas.width, canvas.height);
        fine.addNoise(random, 2.2 * scale, 4.5);
        fine.addNoise(random, 4.5 * scale, 4.0);
        for (int i = 0; i < lungs.length; i++) {
            canvas.values[i] += fine.values[i] * (0.45f + 0.55f * lungs[i]);
        }
        canvas.addNoise(random, 11 * scale, 3.5);
        canvas.addNoise(random, 30 * scale, 6);
        canvas.addNoise(random, 64 * scale, 7);
    }

    private void vessels(Canvas canvas, int side) {
        double x = (middle + side * random.between(0.075, 0.1)) * canvas.width;
        double y = random.between(0.42, 0.5) * canvas.height;
        int count = 7 + random.below(4);
        for (int i = 0; i < count; i++) {
            double angle = -1.25 + 2.6 * (i + random.between(0.1, 0.9)) / count;
            vessel(canvas, x, y + random.between(-4, 4) * scale, side, angle, random.between(1.3, 2.0) * scale, 3);
        }
    }

    /** One vessel that bends, thins and divides; angle from horizontal outwards, down positive. */
    private void vessel(Canvas canvas, double startX, double startY, int side, double startAngle, double startHalf, int order) {
        int steps = 5 + random.below(5);
        double[][] points = new double[steps + 1][];
        double[] contrasts = new double[steps + 1];
        double x = startX;
        double y = startY;
        double angle = startAngle;
        double half = startHalf;
        for (int i = 0; i <= steps; i++) {
            points[i] = new double[] {x, y, half};
            contrasts[i] = (8 + 9 * half / scale) * lung(x / canvas.width, y / canvas.height) + 2;
            angle += random.between(-0.22, 0.22);
            x += side * Math.cos(angle) * 4.2 * scale * canvas.width / Math.min(canvas.width, canvas.height);
            y += Math.sin(angle) * 4.2 * scale * canvas.height / Math.min(canvas.width, canvas.height);
            half *= 0.94;
        }
        canvas.tube(points, contrasts);
        if (order > 1) {
            for (int branch = 0; branch < 2; branch++) {
                vessel(canvas, x, y, side, angle + random.between(0.2, 0.55) * (branch == 0 ? 1 : -1), half * 0.8, order - 1);
            }
        }
    }

    private void clavicle(Canvas canvas, int side) {
        double rise = random.between(0.03, 0.09);
        double[][] points = new double[9][];
        double[] contrasts = new double[9];
        for (int i = 0; i < 9; i++) {
            double t = i / 8.0;
            double u = middle + side * (0.05 + 0.36 * t);
            double v = apex + 0.09 - rise * t + 0.035 * Math.sin(Math.PI * 1.6 * t);
            points[i] = new double[] {u * canvas.width, v * canvas.height, (2.6 - 0.8 * Math.sin(Math.PI * t)) * scale};
            contrasts[i] = 17 * (1 - 0.85 * t * t);
        }
        canvas.line(points, contrasts);
    }

    private static double fraction(double value) {
        return value - Math.floor(value);
    }

    /** Smooth step: 0 below {@code from}, 1 above {@code to}. */
    static double step(double from, double to, double value) {
        double t = Math.max(0, Math.min(1, (value - from) / (to - from)));
        return t * t * (3 - 2 * t);
    }
}
