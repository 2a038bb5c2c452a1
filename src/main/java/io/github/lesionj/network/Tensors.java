package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import java.util.Arrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Between plain Java values and TensorFlow's tensors. */
public final class Tensors {

    private Tensors() {
    }

    /** A native copy; the caller closes it. */
    public static TFloat32 of(FloatTensor tensor) {
        return of(tensor.values(), tensor.shape());
    }

    /** A native copy; the caller closes it. */
    public static TFloat32 of(float[] values, int... shape) {
        return TFloat32.tensorOf(shape(shape), DataBuffers.of(values, true, false));
    }

    /** A Java copy. */
    public static FloatTensor copy(TFloat32 tensor) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return new FloatTensor(values, Arrays.stream(tensor.shape().asArray()).mapToInt(Math::toIntExact).toArray());
    }

    static Shape shape(int... lengths) {
        return Shape.of(Arrays.stream(lengths).asLongStream().toArray());
    }
}
