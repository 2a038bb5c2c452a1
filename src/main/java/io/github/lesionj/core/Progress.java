package io.github.lesionj.core;

/**
 * What a long job says of itself, and how it learns that it should stop.
 *
 * <p>Jobs call {@link #report} at least once a second and {@link #checkCancelled} between items. Implementations are
 * thread-safe: readers and the predicting thread use the same object.
 */
public interface Progress {

    /** Says nothing and is never cancelled. */
    Progress NONE = new Progress() {
        @Override
        public void report(long done, long total, String what) {
            // nobody listens
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /**
     * Says how far the job is.
     *
     * @param done  finished units
     * @param total planned units; 0 when not known
     * @param what  the present activity in a few words, such as {@code "Classifying chest.png"}
     */
    void report(long done, long total, String what);

    /** Whether the user asked to stop; once true it stays true. */
    boolean cancelled();

    /** The same, but it goes on to its end: for what keeps the results of a job that was cancelled. */
    default Progress toTheEnd() {
        Progress shown = this;
        return new Progress() {
            @Override
            public void report(long done, long total, String what) {
                shown.report(done, total, what);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }

    /** Ends the job where the user asked to stop. */
    default void checkCancelled() {
        if (cancelled()) {
            throw new CancelledException();
        }
    }
}
