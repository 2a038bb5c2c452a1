package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import java.util.List;
import java.util.Optional;
import org.scijava.command.DynamicCommand;

/**
 * A form: its {@code @Parameter} fields are the keys of the command, in the dialog, in macros and in {@code bin/lesionj}.
 *
 * <p>A subclass declares the fields ({@code snake_case}, with {@code label} and {@code description}, {@code required =
 * false}, {@code persist = false}, a default value; {@code min}, {@code max}, {@code choices}, {@code style} where they
 * apply; {@code attrs = @Attr(name = ADVANCED)} for what folds away, declared after what does not) and
 * {@link #execute()}. When that is called every field has been read and checked.
 */
public abstract class LesionCommand extends DynamicCommand {

    /** Name of the attribute that puts a parameter under "Advanced" in the dialog. */
    public static final String ADVANCED = "advanced";

    /**
     * Does the job that the fields describe.
     *
     * @return {@link ExitStatus#DONE}, or {@link ExitStatus#PARTIAL} when some items failed and were listed
     * @throws LesionJException with one sentence for the user
     */
    protected abstract ExitStatus execute();

    /** Values worth offering beside the text field of a key, such as installed models; read from files, quickly. */
    public List<String> suggestions(String key) {
        return List.of();
    }

    /** Shows how far the job is and learns of Escape and Cancel; the same object during one run. */
    protected final Progress progress() {
        return Progress.NONE;
    }

    /** The image that the user, or the macro, has selected. */
    protected final Optional<ImagePlus> activeImage() {
        return Optional.ofNullable(WindowManager.getCurrentImage());
    }

    /** Prints to standard output without a display, else to ImageJ's log window; one or more lines. */
    protected final void print(String text) {
        System.out.println(text);
    }

    @Override
    public final void run() {
        execute();
    }
}
