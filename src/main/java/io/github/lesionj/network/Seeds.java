package io.github.lesionj.network;

/** Makes independent seeds from one. */
public final class Seeds {

    private Seeds() {
    }

    /** A seed for one of many uses of a seed (the finaliser of MurmurHash3 over both, as in SplitMix64). */
    public static long mix(long seed, long use) {
        long z = seed + (use + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
