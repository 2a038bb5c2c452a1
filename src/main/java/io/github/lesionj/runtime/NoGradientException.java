package io.github.lesionj.runtime;

import io.github.lesionj.core.LesionJException;

/** A network's graph gives no gradient for Grad-CAM; the message is a clause that says why, such as {@code it has no convolution}. */
public final class NoGradientException extends LesionJException {

    private static final long serialVersionUID = 1L;

    public NoGradientException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
