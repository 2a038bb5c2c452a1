package io.github.lesionj.image;

import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/** Looks at primitive arrays as imglib2 images; nothing is copied. */
final class PixelArrays {

    private PixelArrays() {
    }

    /** An array of bytes or shorts (unsigned), ints (signed), floats or doubles. */
    static RandomAccessibleInterval<? extends RealType<?>> unsigned(Object array, long... size) {
        if (array instanceof byte[] values) {
            return ArrayImgs.unsignedBytes(values, size);
        }
        if (array instanceof short[] values) {
            return ArrayImgs.unsignedShorts(values, size);
        }
        return signed(array, size);
    }

    /** An array of bytes, shorts or ints, all signed, of floats or doubles. */
    static RandomAccessibleInterval<? extends RealType<?>> signed(Object array, long... size) {
        if (array instanceof byte[] values) {
            return ArrayImgs.bytes(values, size);
        }
        if (array instanceof short[] values) {
            return ArrayImgs.shorts(values, size);
        }
        if (array instanceof int[] values) {
            return ArrayImgs.ints(values, size);
        }
        if (array instanceof float[] values) {
            return ArrayImgs.floats(values, size);
        }
        return ArrayImgs.doubles((double[]) array, size);
    }

    /** Red, green and blue of packed pixels, as channels. */
    static RandomAccessibleInterval<? extends RealType<?>> rgb(RandomAccessibleInterval<ARGBType> packed) {
        return ChannelViews.stack(List.of(component(packed, 16), component(packed, 8), component(packed, 0)));
    }

    private static RandomAccessibleInterval<UnsignedByteType> component(RandomAccessibleInterval<ARGBType> packed, int shift) {
        return Converters.convert(packed, (in, out) -> out.set(in.get() >> shift & 0xff), new UnsignedByteType());
    }

    /** Values looked up in a table of 256 entries. */
    static RandomAccessibleInterval<UnsignedByteType> lookedUp(RandomAccessibleInterval<? extends RealType<?>> index, byte[] table) {
        return Converters.convert(cast(index), (in, out) -> out.set(table[(int) in.getRealDouble()]), new UnsignedByteType());
    }

    /** Values looked up in a table of 65,536 entries, or 256 for bytes. */
    static RandomAccessibleInterval<FloatType> calibrated(RandomAccessibleInterval<? extends RealType<?>> raw, float[] table) {
        return converted(raw, value -> table[(int) value]);
    }

    /** {@code top - value}, of the same type. */
    static RandomAccessibleInterval<? extends RealType<?>> inverted(RandomAccessibleInterval<? extends RealType<?>> raw, int top) {
        return top > 0xff
            ? Converters.convert(cast(raw), (in, out) -> out.set(top - (int) in.getRealDouble()), new UnsignedShortType())
            : Converters.convert(cast(raw), (in, out) -> out.set(top - (int) in.getRealDouble()), new UnsignedByteType());
    }

    /** {@code value * slope + intercept} as float. */
    static RandomAccessibleInterval<FloatType> rescaled(RandomAccessibleInterval<? extends RealType<?>> raw, double slope,
            double intercept) {
        return converted(raw, value -> (float) (value * slope + intercept));
    }

    /** {@code value + shift} in unsigned 16 bit, where what is below 0 comes out as a large value. */
    static RandomAccessibleInterval<UnsignedShortType> shifted(RandomAccessibleInterval<? extends RealType<?>> raw, int shift) {
        return Converters.convert(cast(raw), (in, out) -> out.set((int) in.getRealDouble() + shift & 0xffff), new UnsignedShortType());
    }

    /** One channel as an image with axes x, y, channel. */
    static RandomAccessibleInterval<? extends RealType<?>> stacked(RandomAccessibleInterval<? extends RealType<?>> channel) {
        return ChannelViews.stack(List.of(channel));
    }

    /** A function of one value. */
    private interface ValueFunction {
        float of(double value);
    }

    private static RandomAccessibleInterval<FloatType> converted(RandomAccessibleInterval<? extends RealType<?>> raw,
            ValueFunction function) {
        return Converters.convert(cast(raw), (in, out) -> out.set(function.of(in.getRealDouble())), new FloatType());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static RandomAccessibleInterval<RealType> cast(RandomAccessibleInterval<? extends RealType<?>> raw) {
        return (RandomAccessibleInterval) raw;
    }
}
