package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.SourceImage;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

class ThumbnailTest {

    /** A gradient in both directions, which shows a row that is taken from elsewhere. */
    private static SourceImage gradient(int width, int height) {
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = (byte) ((x * 90L / width) + (y * 150L / height));
            }
        }
        return new SourceImage(ArrayImgs.unsignedBytes(pixels, width, height, 1), SourceImage.Kind.GREY, 255, new double[] {Double.NaN, Double.NaN}, List.of());
    }

    /** The same image that notes how many rows are asked for at once. */
    private record Noting(SourceImage image, List<Integer> heights) implements RegionSource {

        @Override
        public int width() {
            return image.width();
        }

        @Override
        public int height() {
            return image.height();
        }

        @Override
        public int channels() {
            return image.channels();
        }

        @Override
        public SourceImage.Kind kind() {
            return image.kind();
        }

        @Override
        public double typeMax() {
            return image.typeMax();
        }

        @Override
        public double[] umPerPx() {
            return image.umPerPx();
        }

        @Override
        public List<String> remarks() {
            return image.remarks();
        }

        @Override
        public SourceImage region(int x, int y, int width, int height) {
            heights.add(height);
            return image.crop(x, y, width, height);
        }
    }

    private static int[] pixels(Thumbnail thumbnail) {
        BufferedImage picture = thumbnail.picture();
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    @Test
    void aLargeImageIsReadInStripsAndLooksTheSame() {
        SourceImage image = gradient(4999, 4001);
        List<Integer> heights = new ArrayList<>();
        Thumbnail strips = Thumbnail.of(new Noting(image, heights));
        assertEquals(1600, strips.picture().getWidth());
        assertTrue(heights.size() > 50 && heights.stream().allMatch(rows -> rows <= 52), heights.toString());
        assertArrayEquals(pixels(Thumbnail.of(image)), pixels(strips));
        // Right of the middle, half way down: 60 + 75.
        assertEquals(135, strips.picture().getRGB(1066, 640) & 0xff, 1);
    }

    @Test
    void aSmallOneAtOnce() {
        List<Integer> heights = new ArrayList<>();
        Thumbnail thumbnail = Thumbnail.of(new Noting(gradient(300, 200), heights));
        assertEquals(List.of(200), heights);
        assertEquals(3, thumbnail.scaleX());
        assertEquals(600, thumbnail.picture().getHeight());
    }
}
