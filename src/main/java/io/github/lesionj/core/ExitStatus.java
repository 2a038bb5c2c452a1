package io.github.lesionj.core;

/** How a command ended; {@link #code()} is the exit status of {@code bin/lesionj}. */
public enum ExitStatus {
    /** Everything was done. */
    DONE(0),
    /** Nothing could be done, or every item failed. */
    FAILED(1),
    /** Wrong use: an unknown command, key or value, a missing file, a folder of results from other settings. */
    USAGE(2),
    /** Finished, but some items failed and are listed. */
    PARTIAL(3);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
