package io.github.lesionj.training;

import io.github.lesionj.core.LesionJException;

/** The loss or its gradient is no longer a number; the weights of that moment are useless. */
final class NonFiniteLossException extends LesionJException {

    private static final long serialVersionUID = 1L;

    NonFiniteLossException(int epoch, String items) {
        super("The training loss became infinite or NaN in epoch " + epoch + " on the batch of: " + items
            + ". Lower the learning rate, or look for NaN or infinite pixels in these images.");
    }
}
