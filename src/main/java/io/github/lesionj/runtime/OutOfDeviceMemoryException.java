package io.github.lesionj.runtime;

import io.github.lesionj.core.LesionJException;

/** A batch did not fit into the memory of the device: who predicts halves it and goes on, a training ends, for half a batch is another training. */
public final class OutOfDeviceMemoryException extends LesionJException {

    private static final long serialVersionUID = 1L;

    public OutOfDeviceMemoryException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
