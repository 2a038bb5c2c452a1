package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scijava.app.StatusService;
import org.scijava.command.DynamicCommand;
import org.scijava.command.Previewable;
import org.scijava.module.MethodCallException;
import org.scijava.plugin.Parameter;

/**
 * A form: its {@code @Parameter} fields are the keys of the command, in the dialog, in macros and in {@code bin/lesionj}.
 *
 * <p>A subclass declares the fields ({@code snake_case}, with {@code label} and {@code description}, {@code required =
 * false}, {@code persist = false}, a default value; {@code min}, {@code max}, {@code choices}, {@code style} where they
 * apply; {@code attrs = @Attr(name = ADVANCED)} for what folds away, declared after what does not) and
 * {@link #execute()}. When that is called every field has been read and checked.
 *
 * <p>Where a macro's options are present they alone decide: the fields are set from our own reading of them, whatever
 * the host has made of them before, and nothing is asked in a dialog.
 */
public abstract class LesionCommand extends DynamicCommand {

    /** Name of the attribute that puts a parameter under "Advanced" in the dialog. */
    public static final String ADVANCED = "advanced";

    /**
     * Name of the attribute whose value is the key that a parameter stands behind in the dialog, also one of a base class; the
     * parameters declared after it follow it.
     */
    public static final String AFTER = "after";

    /** Name of the attribute of a parameter that changes only what the dialog shows. */
    public static final String DIALOG_ONLY = "dialog";

    /** Name of the attribute whose value is where a number's slider begins, if not at its least value. */
    public static final String SLIDER_FROM = "slider_from";

    @Parameter(required = false)
    private StatusService statusService;

    private List<CommandKey> keys;
    private CommandProgress progress;
    private final Map<String, UsageException> refused = new LinkedHashMap<>();
    private boolean asked;
    private Outcome outcome;

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
        return progress;
    }

    /** The image that the user, or the macro, has selected. */
    protected final Optional<ImagePlus> activeImage() {
        return Optional.ofNullable(WindowManager.getCurrentImage());
    }

    /** Says a result: to standard output without a display, else to ImageJ's log window. */
    protected final void print(String text) {
        Reporter.print(text);
    }

    /** Lists something that failed while the rest goes on: one line on standard error, or in ImageJ's log window. */
    protected final void warn(String line) {
        Reporter.warn(line);
    }

    /** The keys of this command, in the order of the dialog. */
    public final List<CommandKey> keys() {
        // not in the constructor: the defaults are read from another instance
        if (keys == null) {
            keys = CommandKey.of(getClass());
        }
        return keys;
    }

    /** What the command is called in the menu, such as {@code Classify Image...}. */
    public final String label() {
        return getInfo().getMenuPath().isEmpty() ? getClass().getSimpleName()
            : getInfo().getMenuPath().getLeaf().getName();
    }

    /** How the run ended; empty before its end. */
    public final Optional<ExitStatus> status() {
        return Optional.ofNullable(outcome).map(Outcome::status);
    }

    /** The sentence that the user was told, where the run failed. */
    public final Optional<String> failure() {
        return Optional.ofNullable(outcome).map(Outcome::sentence);
    }

    /** Whether the user is asked in a dialog; its last used values are then kept. */
    public final void setAsked(boolean asked) {
        this.asked = asked;
    }

    /**
     * Reads the macro's options, which come before the dialog and after everything that the host did with them, and
     * resolves every input, so that a key left out opens no dialog.
     */
    @Override
    public void initialize() throws MethodCallException {
        super.initialize();
        keys().forEach(this::limitSlider);
        String options = Macro.getOptions();
        if (options != null) {
            readOptions(options);
        }
        if (options != null || Reporter.isHeadless() || isAnyResolved()) {
            keys().forEach(key -> resolveInput(key.name()));
        } else {
            asked = true;
            RememberedValues.read(this).forEach((key, value) -> key.write(this, value));
            keys().forEach(this::describeSuggestions);
        }
    }

    /** Where SciJava's own slider begins: the annotation cannot say it. */
    private void limitSlider(CommandKey key) {
        key.slider().ifPresent(slider -> getInfo().getMutableInput(key.name(), Double.class).setSoftMinimum(slider.from().doubleValue()));
    }

    /** SciJava's own dialog has no text field with a list beside it; there the suggestions are in the tool tip. */
    private void describeSuggestions(CommandKey key) {
        List<String> suggestions = suggestions(key.name());
        if (!suggestions.isEmpty()) {
            getInfo().getMutableInput(key.name(), key.type())
                .setDescription(key.description() + " Offered: " + String.join(", ", suggestions));
        }
    }

    private boolean isAnyResolved() {
        return keys().stream().anyMatch(key -> isInputResolved(key.name()));
    }

    private void readOptions(String options) {
        refused.clear();
        try {
            new KeyReader(keys()).read(options).forEach((key, value) -> key.write(this, value));
        } catch (UsageException e) {
            refused.put(options, e);
        }
    }

    /** As SciJava does, but an unknown key is remembered as wrong use, and a text is read as strictly as a macro's. */
    @Override
    public void setInput(String name, Object value) {
        if (name.startsWith(".") || getInfo().getInput(name) != null && !(value instanceof String)) {
            super.setInput(name, value);
            return;
        }
        try {
            CommandKey key = new KeyReader(keys()).find(name);
            key.write(this, value instanceof String text ? key.parse(text) : value);
            refused.remove(name);
        } catch (UsageException e) {
            refused.put(name, e);
        }
    }

    /** What a preview shows is no result, so it goes before the job begins. */
    @Override
    public final void run() {
        if (this instanceof Previewable previewable) {
            previewable.cancel();
        }
        progress = new CommandProgress(this, statusService);
        outcome = Outcome.of(label(), this::checkAndExecute);
        progress.finish();
        if (asked && outcome.status() != ExitStatus.USAGE) {
            RememberedValues.write(this);
        }
        Reporter.report(outcome);
    }

    private ExitStatus checkAndExecute() {
        refused.values().stream().findFirst().ifPresent(refusal -> {
            throw refusal;
        });
        keys().forEach(key -> key.check(key.read(this)));
        ExitStatus status = execute();
        if (status == ExitStatus.FAILED) {
            throw progress.cancelled() ? new CancelledException()
                : new LesionJException("Every item failed; the lines before this one say why.");
        }
        return status;
    }

    /**
     * Runs another command as a part of this one, with this one's progress and cancel.
     *
     * @param other  new
     * @param values of its keys, as a macro gives them; those left out take their defaults
     * @return how it ended
     * @throws LesionJException as that command would report it
     */
    protected final ExitStatus runWithin(LesionCommand other, Map<String, String> values) {
        other.progress = progress;
        new KeyReader(other.keys()).read(MacroText.write(values)).forEach((key, value) -> {
            key.write(other, value);
            key.check(value);
        });
        return other.execute();
    }

    /** The values of all keys that a run is known by, as text, such as a ledger writes down. */
    protected final Map<String, String> keyValues() {
        Map<String, String> values = new LinkedHashMap<>();
        keys().stream().filter(key -> !key.isDialogOnly()).forEach(key -> values.put(key.name(), key.format(key.read(this))));
        return values;
    }
}
