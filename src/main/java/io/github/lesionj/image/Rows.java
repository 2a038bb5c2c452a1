package io.github.lesionj.image;

/** Something that gives the rows of a two-dimensional plane as floats. */
@FunctionalInterface
interface Rows {

    /** Writes {@code count} pixels of row {@code y}, from column {@code x} on, to the start of {@code row}. */
    void read(int x, int y, int count, float[] row);
}
