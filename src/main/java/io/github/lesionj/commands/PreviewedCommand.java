package io.github.lesionj.commands;

import java.util.OptionalDouble;
import org.scijava.command.Previewable;

/**
 * A command that shows on the active image what it would do, while its dialog is open and its key {@value #KEY} is ticked.
 *
 * <p>{@link #preview} returns at once and may be called for every change; {@link #cancel} ends the preview for good, leaves
 * everything as it was before, and may be called several times. Both from any thread.
 */
public interface PreviewedCommand extends Previewable {

    /** The key that switches it. */
    String KEY = "preview";

    /** Hears how a preview goes; called from any thread. */
    interface Listener {

        /** What is being done, or was found; one short line. */
        void said(String line);

        /** Why nothing is shown; one sentence. */
        void refused(String sentence);
    }

    /** Tells a dialog how the preview goes; without one ImageJ's status line says it. */
    void setListener(Listener listener);

    /** The number that the last preview went by where a key leaves it to the model; empty where that is not known. */
    OptionalDouble inEffect(String key);
}
