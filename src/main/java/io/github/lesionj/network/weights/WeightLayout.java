package io.github.lesionj.network.weights;

import io.github.lesionj.core.FloatTensor;
import java.util.Arrays;
import java.util.Optional;

/** The order of the axes of kernels. Tensors with one axis are the same in each. */
public enum WeightLayout {

    /** [height, width, input, output] and [input, output], as TensorFlow and LesionJ have them. */
    TENSORFLOW("convolution [height, width, input, output], dense [input, output]"),
    /** [output, input, height, width] and [output, input]. */
    TORCH("convolution [output, input, height, width], dense [output, input]");

    /** Key of a safetensors file's metadata. */
    public static final String KEY = "layout";

    private final String text;

    WeightLayout(String text) {
        this.text = text;
    }

    /** As metadata say it. */
    public String text() {
        return text;
    }

    static Optional<WeightLayout> of(String text) {
        return Arrays.stream(values()).filter(layout -> layout.text.equals(text)).findFirst();
    }

    /** A tensor of this layout in TensorFlow's. */
    public FloatTensor toTensorFlow(FloatTensor tensor) {
        if (this == TENSORFLOW || tensor.shape().length < 2) {
            return tensor;
        }
        int[] shape = toTensorFlow(tensor.shape());
        int outputs = shape[shape.length - 1];
        int inputs = shape[shape.length - 2];
        int places = places(tensor, outputs * inputs);
        float[] values = new float[tensor.values().length];
        int from = 0;
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                for (int p = 0; p < places; p++) {
                    values[(p * inputs + i) * outputs + o] = tensor.values()[from++];
                }
            }
        }
        return new FloatTensor(values, shape);
    }

    /** A tensor of TensorFlow's layout in this one. */
    public FloatTensor fromTensorFlow(FloatTensor tensor) {
        int axes = tensor.shape().length;
        if (this == TENSORFLOW || axes < 2) {
            return tensor;
        }
        int outputs = tensor.shape()[axes - 1];
        int inputs = tensor.shape()[axes - 2];
        int places = places(tensor, outputs * inputs);
        float[] values = new float[tensor.values().length];
        int to = 0;
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                for (int p = 0; p < places; p++) {
                    values[to++] = tensor.values()[(p * inputs + i) * outputs + o];
                }
            }
        }
        int[] shape = new int[axes];
        shape[0] = outputs;
        shape[1] = inputs;
        System.arraycopy(tensor.shape(), 0, shape, 2, axes - 2);
        return new FloatTensor(values, shape);
    }

    private static int places(FloatTensor tensor, int kernels) {
        return kernels == 0 ? 0 : tensor.values().length / kernels;
    }

    /** The shape that {@link #toTensorFlow(FloatTensor)} gives. */
    int[] toTensorFlow(int[] shape) {
        int axes = shape.length;
        if (this == TENSORFLOW || axes < 2) {
            return shape;
        }
        int[] turned = new int[axes];
        System.arraycopy(shape, 2, turned, 0, axes - 2);
        turned[axes - 2] = shape[1];
        turned[axes - 1] = shape[0];
        return turned;
    }
}
