package io.github.lesionj.core;

/** Arrays of single precision. */
public final class Floats {

    private Floats() {
    }

    /** Each value rounded to the nearest float. */
    public static float[] of(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** Each value in double precision. */
    public static double[] widened(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
