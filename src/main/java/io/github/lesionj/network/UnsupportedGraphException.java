package io.github.lesionj.network;

/** A graph that Grad-CAM cannot be made for; the message is a clause such as {@code it has no convolution}. */
public final class UnsupportedGraphException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedGraphException(String reason) {
        super(reason);
    }

    UnsupportedGraphException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
