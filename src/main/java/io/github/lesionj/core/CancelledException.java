package io.github.lesionj.core;

/** The user cancelled. What was finished until then stays; exit status 1. */
public final class CancelledException extends LesionJException {

    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super("Cancelled.");
    }
}
