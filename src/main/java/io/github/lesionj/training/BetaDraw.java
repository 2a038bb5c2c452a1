package io.github.lesionj.training;

import java.util.Random;

/** Draws from a beta distribution with two equal parameters. */
final class BetaDraw {

    private BetaDraw() {
    }

    /**
     * A value in 0..1, as the quotient of gamma values (strict arithmetic: a resumed training must draw the same).
     *
     * @param alpha above 0
     */
    static double of(double alpha, Random random) {
        double x = gamma(alpha, random);
        double y = gamma(alpha, random);
        // both can underflow for a very small alpha, whose distribution is nearly that of a coin
        return x + y > 0 ? x / (x + y) : random.nextInt(2);
    }

    /** Marsaglia and Tsang 2000, doi:10.1145/358407.358414; below 1 by the power of a uniform value, as they say. */
    private static double gamma(double shape, Random random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            v = v * v * v;
            double u = 1 - random.nextDouble();
            if (v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }
}
