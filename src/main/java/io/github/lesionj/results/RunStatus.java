package io.github.lesionj.results;

import io.github.lesionj.core.ExitStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a run stands; the {@code status} of {@code run.json}. */
public enum RunStatus {
    /** Not ended. In a folder that no run holds, it was killed. */
    RUNNING,
    /** Every item was done. */
    DONE,
    /** Some items failed and are listed. */
    PARTIAL,
    /** Every item failed, or the run ended by an error. */
    FAILED,
    /** The user stopped it. */
    CANCELLED;

    /** The status of a key; empty where there is no such. */
    static Optional<RunStatus> of(String key) {
        return Arrays.stream(values()).filter(status -> status.key().equals(key)).findAny();
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a command that ended so exits with. */
    public ExitStatus exitStatus() {
        return switch (this) {
            case DONE -> ExitStatus.DONE;
            case PARTIAL -> ExitStatus.PARTIAL;
            default -> ExitStatus.FAILED;
        };
    }
}
