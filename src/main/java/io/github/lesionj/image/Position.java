package io.github.lesionj.image;

/**
 * Which two-dimensional image of a stack or hyperstack, counted from 1 as ImageJ shows it.
 *
 * @param c channel, or {@link #ALL_CHANNELS} where the channels go in together
 * @param z slice
 * @param t frame
 */
public record Position(int c, int z, int t) implements Comparable<Position> {

    /** Value of {@code c} where all channels of the position are one item. */
    public static final int ALL_CHANNELS = 0;

    /** The only position of a plain image. */
    public static final Position FIRST = new Position(1, 1, 1);

    /** What the files of this item have at the end of their name: {@code _c1_z2_t3}, without {@code _c} for all channels. */
    public String suffix() {
        return (c == ALL_CHANNELS ? "" : "_c" + c) + "_z" + z + "_t" + t;
    }

    /** By frame, then slice, then channel. */
    @Override
    public int compareTo(Position other) {
        int byFrame = Integer.compare(t, other.t);
        int bySlice = Integer.compare(z, other.z);
        return byFrame != 0 ? byFrame : bySlice != 0 ? bySlice : Integer.compare(c, other.c);
    }
}
