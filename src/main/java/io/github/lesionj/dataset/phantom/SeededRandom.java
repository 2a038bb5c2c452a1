package io.github.lesionj.dataset.phantom;

/**
 * Random numbers that are the same on every machine and Java version: SplitMix64 (Steele, Lea, Flood 2014,
 * 10.1145/2714064.2660195), in plain integer arithmetic.
 */
final class SeededRandom {

    private static final double UNIT = 0x1.0p-53;
    /** Four 16-bit numbers have a sum with this standard deviation, and a mean of 2 * 65535. */
    private static final double SUM_DEVIATION = Math.sqrt(4 * (65536.0 * 65536.0 - 1) / 12);

    private long state;

    /**
     * A stream of its own for every pair of numbers.
     *
     * @param seed   of the phantom
     * @param stream what it is used for, so that one part of a drawing does not depend on how many numbers another took
     */
    SeededRandom(long seed, int stream) {
        state = mix(mix(seed + 0x9E3779B97F4A7C15L) + stream * 0xD1342543DE82EF95L);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    /** At least {@code low}, below {@code high}. */
    double between(double low, double high) {
        return low + (high - low) * ((next() >>> 11) * UNIT);
    }

    /** 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) between(0, bound);
    }

    boolean chance(double probability) {
        return between(0, 1) < probability;
    }

    /** -1 or 1. */
    int sign() {
        return next() < 0 ? -1 : 1;
    }

    /** Mean 0, standard deviation 1, nearly normal: a sum of four uniform numbers. Cheap and exact everywhere. */
    double gaussian() {
        long bits = next();
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum - 2 * 65535) / SUM_DEVIATION;
    }
}
