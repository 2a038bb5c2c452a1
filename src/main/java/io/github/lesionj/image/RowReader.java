package io.github.lesionj.image;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Reads rows of one channel as floats.
 *
 * <p>The usual types are copied in blocks of rows by imglib2, which finds the primitive array below views, crops and
 * converters; everything else goes pixel by pixel. Not thread-safe.
 */
abstract class RowReader implements Rows {

    private static final int BLOCK_PIXELS = 1 << 14;

    final int width;
    final int height;

    private RowReader(RandomAccessibleInterval<?> channel) {
        width = (int) channel.dimension(0);
        height = (int) channel.dimension(1);
    }

    static RowReader of(RandomAccessibleInterval<? extends RealType<?>> channel) {
        Unpacking unpacking = unpacking(ChannelViews.firstPixel(channel));
        return unpacking == null ? new ByPixel(channel) : new ByBlock(channel, unpacking);
    }

    /** How one primitive array becomes floats. */
    private interface Unpacking {
        Object allocate(int pixels);

        void unpack(Object block, int start, int count, float[] row);
    }

    private static Unpacking unpacking(RealType<?> type) {
        if (type instanceof UnsignedByteType) {
            return new Bytes(0xff);
        }
        if (type instanceof ByteType) {
            return new Bytes(-1);
        }
        if (type instanceof UnsignedShortType) {
            return new Shorts(0xffff);
        }
        if (type instanceof ShortType) {
            return new Shorts(-1);
        }
        if (type instanceof FloatType) {
            return new Floats();
        }
        if (type instanceof IntType) {
            return new Ints();
        }
        return type instanceof DoubleType ? new Doubles() : null;
    }

    /** @param mask 0xff for unsigned, -1 keeps the sign */
    private record Bytes(int mask) implements Unpacking {
        @Override
        public Object allocate(int pixels) {
            return new byte[pixels];
        }

        @Override
        public void unpack(Object block, int start, int count, float[] row) {
            byte[] values = (byte[]) block;
            for (int i = 0; i < count; i++) {
                row[i] = values[start + i] & mask;
            }
        }
    }

    /** @param mask 0xffff for unsigned, -1 keeps the sign */
    private record Shorts(int mask) implements Unpacking {
        @Override
        public Object allocate(int pixels) {
            return new short[pixels];
        }

        @Override
        public void unpack(Object block, int start, int count, float[] row) {
            short[] values = (short[]) block;
            for (int i = 0; i < count; i++) {
                row[i] = values[start + i] & mask;
            }
        }
    }

    private record Ints() implements Unpacking {
        @Override
        public Object allocate(int pixels) {
            return new int[pixels];
        }

        @Override
        public void unpack(Object block, int start, int count, float[] row) {
            int[] values = (int[]) block;
            for (int i = 0; i < count; i++) {
                row[i] = values[start + i];
            }
        }
    }

    private record Floats() implements Unpacking {
        @Override
        public Object allocate(int pixels) {
            return new float[pixels];
        }

        @Override
        public void unpack(Object block, int start, int count, float[] row) {
            System.arraycopy((float[]) block, start, row, 0, count);
        }
    }

    private record Doubles() implements Unpacking {
        @Override
        public Object allocate(int pixels) {
            return new double[pixels];
        }

        @Override
        public void unpack(Object block, int start, int count, float[] row) {
            double[] values = (double[]) block;
            for (int i = 0; i < count; i++) {
                row[i] = (float) values[start + i];
            }
        }
    }

    private static final class ByBlock extends RowReader {
        private final PrimitiveBlocks<?> blocks;
        private final Unpacking unpacking;
        private final int rows;
        private final Object block;
        private final long minX;
        private final long minY;
        private int firstRow = -1;

        ByBlock(RandomAccessibleInterval<? extends RealType<?>> channel, Unpacking unpacking) {
            super(channel);
            this.blocks = blocks(channel);
            this.unpacking = unpacking;
            this.rows = Math.max(1, Math.min(height, BLOCK_PIXELS / width));
            this.block = unpacking.allocate(rows * width);
            this.minX = channel.min(0);
            this.minY = channel.min(1);
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static PrimitiveBlocks<?> blocks(RandomAccessibleInterval<? extends RealType<?>> channel) {
            return PrimitiveBlocks.of((RandomAccessibleInterval<NativeType>) (RandomAccessibleInterval) channel,
                PrimitiveBlocks.OnFallback.ACCEPT);
        }

        @Override
        public void read(int x, int y, int count, float[] row) {
            if (firstRow < 0 || y < firstRow || y >= firstRow + rows) {
                firstRow = y - y % rows;
                blocks.copy(new long[] {minX, minY + firstRow}, block, new int[] {width, Math.min(rows, height - firstRow)});
            }
            unpacking.unpack(block, (y - firstRow) * width + x, count, row);
        }
    }

    private static final class ByPixel extends RowReader {
        private final RandomAccess<? extends RealType<?>> access;
        private final long minX;
        private final long minY;

        ByPixel(RandomAccessibleInterval<? extends RealType<?>> channel) {
            super(channel);
            access = channel.randomAccess();
            minX = channel.min(0);
            minY = channel.min(1);
        }

        @Override
        public void read(int x, int y, int count, float[] row) {
            access.setPosition(minX + x, 0);
            access.setPosition(minY + y, 1);
            for (int i = 0; i < count; i++) {
                row[i] = access.get().getRealFloat();
                access.fwd(0);
            }
        }
    }
}
