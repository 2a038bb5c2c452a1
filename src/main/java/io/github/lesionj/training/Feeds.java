package io.github.lesionj.training;

import io.github.lesionj.network.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What is fed to one run; owns the native tensors and frees them when closed. */
final class Feeds implements AutoCloseable {

    private final Session.Runner runner;
    private final List<Tensor> tensors = new ArrayList<>();

    Feeds(Session.Runner runner) {
        this.runner = runner;
    }

    void scalar(Operand<TFloat32> placeholder, double value) {
        feed(placeholder, TFloat32.scalarOf((float) value));
    }

    void scalar(Operand<TInt64> placeholder, long value) {
        feed(placeholder, TInt64.scalarOf(value));
    }

    void tensor(Operand<TFloat32> placeholder, float[] values, int... shape) {
        feed(placeholder, Tensors.of(values, shape));
    }

    private void feed(Operand<?> placeholder, Tensor tensor) {
        tensors.add(tensor);
        runner.feed(placeholder, tensor);
    }

    @Override
    public void close() {
        tensors.forEach(Tensor::close);
    }
}
