package io.github.lesionj.runtime;

import io.github.lesionj.core.FloatTensor;
import java.util.Map;

/** One loaded network. Not thread-safe: one thread predicts. */
public interface Predictor extends AutoCloseable {

    /**
     * Runs the network once.
     *
     * @param inputs by the signature's input names; first axis is the batch
     * @return every output of the signature by name, as float32
     * @throws OutOfDeviceMemoryException when the batch does not fit; a smaller one may
     */
    Map<String, FloatTensor> predict(Map<String, FloatTensor> inputs);

    /** The device that is really used, such as {@code cpu} or {@code gpu:0}. */
    String device();

    @Override
    void close();
}
