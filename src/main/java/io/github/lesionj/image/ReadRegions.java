package io.github.lesionj.image;

import java.util.List;

/**
 * Regions that something reads.
 *
 * @param width   of the image, px
 * @param height  of the image, px
 * @param sample  any region of it, which tells what all have in common
 * @param reading reads a region that lies within the image
 */
record ReadRegions(int width, int height, SourceImage sample, Reading reading) implements RegionSource {

    /** Reads a part of an image. */
    @FunctionalInterface
    interface Reading {
        SourceImage read(int x, int y, int width, int height);
    }

    /** With the corner pixel as the sample. */
    static ReadRegions of(int width, int height, Reading reading) {
        return new ReadRegions(width, height, reading.read(0, 0, 1, 1), reading);
    }

    @Override
    public int channels() {
        return sample.channels();
    }

    @Override
    public SourceImage.Kind kind() {
        return sample.kind();
    }

    @Override
    public double typeMax() {
        return sample.typeMax();
    }

    @Override
    public double[] umPerPx() {
        return sample.umPerPx();
    }

    @Override
    public List<String> remarks() {
        return sample.remarks();
    }

    @Override
    public SourceImage region(int x, int y, int across, int down) {
        if (x < 0 || y < 0 || across < 1 || down < 1 || across > width - x || down > height - y) {
            throw new IllegalArgumentException("No region of " + across + " x " + down + " px at " + x + ", " + y
                + " lies within an image of " + width + " x " + height + " px");
        }
        return reading.read(x, y, across, down);
    }
}
