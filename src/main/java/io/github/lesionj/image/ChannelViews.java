package io.github.lesionj.image;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.StackView;
import net.imglib2.view.Views;

/** Takes the channel axis of an image apart and puts it together, without touching pixels. */
final class ChannelViews {

    private ChannelViews() {
    }

    /** The channels of an image with axes x, y, channel, each with axes x, y. */
    static List<RandomAccessibleInterval<? extends RealType<?>>> split(RandomAccessibleInterval<? extends RealType<?>> pixels) {
        if (pixels instanceof StackView<?> stack) {
            return slices(stack);
        }
        List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
        for (long c = 0; c < pixels.dimension(2); c++) {
            channels.add(Views.hyperSlice(pixels, 2, c));
        }
        return channels;
    }

    // Views.hyperSlice of a StackView would hide the arrays below it from imglib2's block copier.
    @SuppressWarnings("unchecked")
    private static List<RandomAccessibleInterval<? extends RealType<?>>> slices(StackView<?> stack) {
        return new ArrayList<>((List<RandomAccessibleInterval<? extends RealType<?>>>) (List<?>) stack.getSourceSlices());
    }

    /** One image with axes x, y, channel of channels that have the same size. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static RandomAccessibleInterval<? extends RealType<?>> stack(
            List<? extends RandomAccessibleInterval<? extends RealType<?>>> channels) {
        return (RandomAccessibleInterval) Views.stack((List) channels);
    }

    /** A part of every channel, moved to 0. */
    static RandomAccessibleInterval<? extends RealType<?>> crop(RandomAccessibleInterval<? extends RealType<?>> pixels,
            long x, long y, long width, long height) {
        return stack(split(pixels).stream().map(channel -> part(channel, x, y, width, height)).toList());
    }

    /** As {@link #crop}, of a part that may reach beyond the image, where its edge pixels are repeated. */
    static RandomAccessibleInterval<? extends RealType<?>> window(RandomAccessibleInterval<? extends RealType<?>> pixels, Rectangle part) {
        boolean within = new Rectangle((int) pixels.dimension(0), (int) pixels.dimension(1)).contains(part);
        return within ? crop(pixels, part.x, part.y, part.width, part.height)
            : stack(split(pixels).stream().map(channel -> extended(channel, part)).toList());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static RandomAccessibleInterval<? extends RealType<?>> extended(
            RandomAccessibleInterval<? extends RealType<?>> channel, Rectangle part) {
        return Views.zeroMin(Views.interval(Views.extendBorder((RandomAccessibleInterval) channel),
            new long[] {part.x, part.y}, new long[] {part.x + part.width - 1L, part.y + part.height - 1L}));
    }

    private static RandomAccessibleInterval<? extends RealType<?>> part(
            RandomAccessibleInterval<? extends RealType<?>> channel, long x, long y, long width, long height) {
        return Views.zeroMin(Views.interval(channel, new long[] {x, y}, new long[] {x + width - 1, y + height - 1}));
    }

    /** A channel's first pixel; its type tells how values are stored. */
    static RealType<?> firstPixel(RandomAccessibleInterval<? extends RealType<?>> channel) {
        Cursor<? extends RealType<?>> cursor = channel.cursor();
        return cursor.next();
    }
}
