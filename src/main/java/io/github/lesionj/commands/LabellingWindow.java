package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.LabellingSession;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.PixelCopy;
import io.github.lesionj.image.Position;
import java.awt.EventQueue;
import java.awt.KeyEventDispatcher;
import java.awt.KeyboardFocusManager;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Shows the images of a session one after the other in an ImageJ window, until it is closed. Every method but {@link #run}
 * is for the event thread.
 */
final class LabellingWindow {

    private final LabellingSession session;
    private final ImageFiles files;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "LesionJ reader");
        thread.setDaemon(true);
        return thread;
    });
    /** The current image and the following one. */
    private final Map<Path, CompletableFuture<ImageProcessor>> read = new HashMap<>();
    private LabellingFrame frame;
    private boolean ready;
    private long shownAt;

    /** A window, not open yet. */
    LabellingWindow(LabellingSession session, ImageFiles files) {
        this.session = session;
        this.files = files;
    }

    /** Opens the window and returns when the user has closed it; at once where nothing is left to label. */
    void run() {
        KeyEventDispatcher keys = new LabellingKeys(this);
        try {
            EventQueue.invokeAndWait(() -> {
                KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(keys);
                show();
            });
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof LesionJException known ? known : new IllegalStateException(e.getCause());
        } finally {
            KeyboardFocusManager.getCurrentKeyboardFocusManager().removeKeyEventDispatcher(keys);
            reader.shutdownNow();
        }
    }

    /** Whether a window is this one. */
    boolean isFrame(Object window) {
        return window != null && window == frame;
    }

    /** Whether a key that was pressed at a time can be meant for the image that is shown. */
    boolean hears(long when) {
        return ready && when >= shownAt;
    }

    /** The key of a class was pressed; a key without a class does nothing. */
    void label(int classIndex) {
        if (classIndex < session.classNames().size() && session.current().isPresent()) {
            change(() -> session.label(classIndex));
        }
    }

    void undo() {
        change(session::undo);
    }

    void next() {
        change(session::next);
    }

    void previous() {
        change(session::previous);
    }

    private void change(Runnable decision) {
        try {
            decision.run();
            show();
        } catch (LesionJException e) {
            frame.say(e.getMessage());
        }
    }

    /** Shows the session's current image as soon as it is read; until then no key counts. */
    private void show() {
        ready = false;
        if (session.current().isEmpty()) {
            ready = true;
            end();
            return;
        }
        Path image = session.current().get();
        read.keySet().retainAll(List.of(image));
        reading(image).whenCompleteAsync((pixels, failure) -> {
            if (session.current().filter(image::equals).isEmpty()) {
                return;
            }
            if (failure != null) {
                pass(failure.getCause() == null ? failure : failure.getCause());
            } else {
                show(image, pixels);
            }
        }, EventQueue::invokeLater);
    }

    private void end() {
        if (frame == null) {
            closed.countDown();
        } else {
            frame.say("All " + session.done() + " images have a class. Close the window, or undo with Backspace.");
        }
    }

    // Said at the end: ImageJ's log would open over the window and take the keyboard.
    private void pass(Throwable failure) {
        session.unreadable(failure instanceof LesionJException ? failure.getMessage() : failure.toString());
        show();
    }

    private void show(Path image, ImageProcessor pixels) {
        String title = session.name(image);
        if (frame == null) {
            ImagePlus shown = new ImagePlus(title, pixels);
            frame = new LabellingFrame(shown, session, this, closed::countDown);
        } else {
            frame.show(title, pixels);
        }
        frame.say("");
        ready = true;
        shownAt = System.currentTimeMillis();
        session.following().ifPresent(this::reading);
    }

    private CompletableFuture<ImageProcessor> reading(Path image) {
        return read.computeIfAbsent(image, file -> CompletableFuture.supplyAsync(() -> pixels(file), reader));
    }

    private ImageProcessor pixels(Path file) {
        try (ImageSource source = files.open(file)) {
            List<Position> positions = source.positions(source.channels(), 0);
            if (positions.size() != 1) {
                throw new UsageException(file + " is a stack of " + positions.size()
                    + " images where one image was expected; save its slices as files of their own.");
            }
            ImagePlus image = PixelCopy.of(source.image(positions.get(0)), file.toString());
            image.resetDisplayRange();
            return image.isComposite() ? new ColorProcessor(image.getImage()) : image.getProcessor();
        }
    }
}
