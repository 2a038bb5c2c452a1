package io.github.lesionj.dataset;

public final class Augmentation {
    public static Augmentation parse(String s) { return new Augmentation(); }
    public void apply(float[] in, int h, int w, int c, long seed, float[] out, int offset) { System.arraycopy(in, 0, out, offset, in.length); }
}
