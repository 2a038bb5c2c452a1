package io.github.lesionj.pipeline;

import io.github.lesionj.image.SourceImage;
import java.util.Arrays;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;

/** Whether an image is grey, also when it is stored as RGB. */
final class Greyness {

    /** Points looked at along each edge. */
    private static final int POINTS = 32;
    /** JPEG leaves a little colour in grey images. */
    private static final double LARGEST_DIFFERENCE = 2;

    private Greyness() {
    }

    /** Whether no point of a grid of 32 x 32 has colours. */
    static boolean isGrey(SourceImage image) {
        if (image.channels() == 1) {
            return true;
        }
        if (image.kind() != SourceImage.Kind.RGB) {
            return false;
        }
        RandomAccess<? extends RealType<?>> access = image.pixels().randomAccess();
        int stepX = Math.max(1, image.width() / POINTS);
        int stepY = Math.max(1, image.height() / POINTS);
        for (int y = 0; y < image.height(); y += stepY) {
            for (int x = 0; x < image.width(); x += stepX) {
                double[] colour = new double[3];
                for (int c = 0; c < 3; c++) {
                    access.setPosition(new int[] {x, y, c});
                    colour[c] = access.get().getRealDouble();
                }
                if (Arrays.stream(colour).max().getAsDouble() - Arrays.stream(colour).min().getAsDouble() > LARGEST_DIFFERENCE) {
                    return false;
                }
            }
        }
        return true;
    }
}
