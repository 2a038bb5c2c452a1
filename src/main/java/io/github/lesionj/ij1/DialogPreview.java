package io.github.lesionj.ij1;

import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.commands.PreviewedCommand;
import io.github.lesionj.core.UsageException;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Point;
import java.awt.Rectangle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.swing.Timer;

/**
 * Lets a command preview what is set in its dialog, at most once in {@value #PAUSE} ms, and says in a line how that goes. For the
 * event thread.
 */
final class DialogPreview implements PreviewedCommand.Listener {

    private static final int PAUSE = 40;

    private final LesionCommand command;
    private final PreviewedCommand previewed;
    private final List<KeyField> fields;
    private final Consumer<String> line;
    private final Consumer<String> message;
    private final Timer timer = new Timer(PAUSE, event -> preview());
    private boolean ended;

    private DialogPreview(LesionCommand command, PreviewedCommand previewed, List<KeyField> fields, Consumer<String> line, Consumer<String> message) {
        this.command = command;
        this.previewed = previewed;
        this.fields = fields;
        this.line = line;
        this.message = message;
        timer.setRepeats(false);
        previewed.setListener(this);
        fields.forEach(field -> field.onChange(this::changed));
    }

    /**
     * Of a command that has one.
     *
     * @param line    shows what was found; an empty text where nothing is
     * @param message shows what is wrong; an empty text where nothing is
     */
    static Optional<DialogPreview> of(LesionCommand command, List<KeyField> fields, Consumer<String> line, Consumer<String> message) {
        return command instanceof PreviewedCommand previewed ? Optional.of(new DialogPreview(command, previewed, fields, line, message))
            : Optional.empty();
    }

    /**
     * Where a dialog covers least of an image's window: to its right, left, below, above, or where it would be otherwise.
     *
     * @param dialog    its size, px
     * @param otherwise its upper left corner
     * @return upper left corner, such that the dialog lies on the screen as far as it fits there
     */
    static Point place(Rectangle image, Dimension dialog, Rectangle screen, Point otherwise) {
        return Stream.of(new Point(image.x + image.width, image.y), new Point(image.x - dialog.width, image.y), new Point(image.x, image.y + image.height),
            new Point(image.x, image.y - dialog.height), otherwise).map(corner -> new Point(within(corner.x, dialog.width, screen.x, screen.width),
                within(corner.y, dialog.height, screen.y, screen.height)))
            .min(Comparator.comparingLong(corner -> area(image.intersection(new Rectangle(corner, dialog))))).orElseThrow();
    }

    private static int within(int from, int length, int first, int available) {
        return Math.max(first, Math.min(from, first + available - length));
    }

    private static long area(Rectangle part) {
        return part.isEmpty() ? 0 : (long) part.width * part.height;
    }

    // not anew with each change, or nothing would be seen while a slider moves
    private void changed() {
        if (!timer.isRunning() && !ended) {
            timer.start();
        }
    }

    private void preview() {
        String wrong = null;
        boolean ticked = false;
        for (KeyField field : fields) {
            try {
                Object value = field.key().parse(field.text());
                command.setInput(field.key().name(), value);
                ticked |= field.key().name().equals(PreviewedCommand.KEY) && value.equals(true);
            } catch (UsageException e) {
                wrong = e.getMessage();
            }
        }
        if (wrong != null && ticked) {
            message.accept(wrong);
        } else {
            previewed.preview();
        }
    }

    /** Leaves everything as it was before. */
    void end() {
        ended = true;
        timer.stop();
        previewed.cancel();
    }

    @Override
    public void said(String text) {
        EventQueue.invokeLater(() -> {
            line.accept(text);
            message.accept("");
            fields.forEach(field -> previewed.inEffect(field.key().name()).ifPresent(field::point));
        });
    }

    @Override
    public void refused(String sentence) {
        EventQueue.invokeLater(() -> {
            line.accept("");
            message.accept(sentence);
        });
    }
}
