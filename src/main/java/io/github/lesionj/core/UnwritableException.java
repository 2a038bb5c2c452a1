package io.github.lesionj.core;

import java.io.IOException;
import java.nio.file.Path;

/** What a run has found cannot be kept, mostly because the disk is full: the run ends, for all that follows would be lost too. */
public final class UnwritableException extends LesionJException {

    private static final long serialVersionUID = 1L;

    /**
     * Of a file.
     *
     * @param file that grows with every item
     */
    public UnwritableException(Path file, IOException cause) {
        super("Cannot write " + file + ": " + WholeFile.reason(cause)
            + ". Check that the disk is not full; the same command then goes on where it stopped.", cause);
    }
}
