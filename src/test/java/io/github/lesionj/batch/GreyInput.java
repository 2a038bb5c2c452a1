package io.github.lesionj.batch;

import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.imglib2.img.array.ArrayImgs;

/**
 * A stack of flat grey images of 20 x 20 px that counts who holds it open.
 *
 * @param path   its name
 * @param grey   value of the pixels, 0..255
 * @param slices number of images
 * @param held   one more for every source that is open
 * @param before is told of every image before it is read, position 0 is the opening; may throw
 * @param truth  its true labels, or null
 */
record GreyInput(String path, int grey, int slices, AtomicInteger held, Consumer<Integer> before, List<String> truth)
    implements BatchInput {

    GreyInput(String path, int grey, int slices, AtomicInteger held, Consumer<Integer> before) {
        this(path, grey, slices, held, before, null);
    }

    GreyInput labelled(String truth) {
        return new GreyInput(path, grey, slices, held, before, List.of(truth));
    }

    static GreyInput of(String path, int grey) {
        return new GreyInput(path, grey, 1, new AtomicInteger(), z -> { });
    }

    @Override
    public String checksum() {
        return path + grey + slices;
    }

    @Override
    public ImageSource open() {
        before.accept(0);
        held.incrementAndGet();
        return new ImageSource() {
            @Override
            public String name() {
                return path;
            }

            @Override
            public int channels() {
                return 1;
            }

            @Override
            public int slices() {
                return slices;
            }

            @Override
            public int frames() {
                return 1;
            }

            @Override
            public SourceImage image(Position position) {
                before.accept(position.z());
                byte[] pixels = new byte[20 * 20];
                Arrays.fill(pixels, (byte) grey);
                return new SourceImage(ArrayImgs.unsignedBytes(pixels, 20, 20, 1), SourceImage.Kind.GREY, 255,
                    new double[] {Double.NaN, Double.NaN}, List.of());
            }

            @Override
            public void close() {
                held.decrementAndGet();
            }
        };
    }
}
