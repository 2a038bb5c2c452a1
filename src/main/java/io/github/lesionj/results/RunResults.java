package io.github.lesionj.results;

/** Everything a run found, whatever its items are. */
public interface RunResults {

    /** How the run ended. */
    RunStatus status();
}
