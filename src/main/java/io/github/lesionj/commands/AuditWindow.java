package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.lesionj.batch.AuditImages;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.evaluation.detection.Verdict;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.image.ImagePlusCopy;
import io.github.lesionj.results.AuditStack;
import io.github.lesionj.results.AuditedItem;
import io.github.lesionj.results.ClassColors;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.util.List;
import java.util.function.Consumer;

/**
 * The audit view of a detector: a stack of the images with hits, misses and false alarms, the worst first, and a table of the boxes, of
 * which a row shows its box. An image can be opened with the boxes that it is annotated with, to correct those.
 */
final class AuditWindow {

    private static final String TITLE = "Audit";

    private final List<String> classNames;
    private final AuditImages images;
    private final Consumer<String> warnings;
    private final AuditStack stack;
    private final ImagePlus view;

    private AuditWindow(List<AuditedItem> items, List<String> classNames, AuditImages images, Consumer<String> warnings) {
        this.classNames = classNames;
        this.images = images;
        this.warnings = warnings;
        this.stack = new AuditStack(items, classNames, images::slice);
        this.view = new ImagePlus(TITLE, stack);
    }

    /**
     * Shows both.
     *
     * @param items    the worst first, at least one
     * @param images   reads them
     * @param warnings is told what cannot be opened
     */
    static void show(List<AuditedItem> items, List<String> classNames, AuditImages images, Consumer<String> warnings) {
        AuditWindow window = new AuditWindow(items, classNames, images, warnings);
        window.view.setOverlay(window.stack.overlay());
        window.view.show();
        EventQueue.invokeLater(() -> {
            CanvasZoom.enlarge(window.view);
            AuditFrame frame = new AuditFrame(new AuditRows(items, classNames), totals(items), window::select, window::correct);
            frame.placeBeside(window.view.getWindow());
            frame.setVisible(true);
        });
    }

    private static int[] totals(List<AuditedItem> items) {
        int[] totals = new int[Verdict.values().length];
        for (Verdict verdict : Verdict.values()) {
            totals[verdict.ordinal()] = items.stream().mapToInt(item -> item.image().count(verdict)).sum();
        }
        return totals;
    }

    /** Goes to the slice of a row and selects its box. */
    private void select(AuditRows.Row row) {
        if (!view.isVisible()) {
            view.show();
        }
        view.setSlice(row.slice());
        double scale = AuditStack.scale(row.item());
        Roi roi = object(row.box().box().scaled(scale, scale), row.box().label());
        view.setRoi(roi);
        reveal(roi.getBounds());
    }

    /** Where the view is zoomed in. */
    private void reveal(Rectangle box) {
        ImageCanvas canvas = view.getCanvas();
        Rectangle shown = canvas.getSrcRect();
        if (!shown.contains(box)) {
            int x = Math.max(0, Math.min(view.getWidth() - shown.width, (int) box.getCenterX() - shown.width / 2));
            int y = Math.max(0, Math.min(view.getHeight() - shown.height, (int) box.getCenterY() - shown.height / 2));
            canvas.setSourceRect(new Rectangle(x, y, shown.width, shown.height));
            canvas.repaint();
        }
    }

    /** A box as its user would have drawn it: one that may be learned from. */
    private Roi object(Box box, int label) {
        Roi roi = new Roi(box.x0(), box.y0(), box.width(), box.height());
        roi.setName(classNames.get(label));
        return roi;
    }

    /** Opens the image of a row, away from the thread that draws windows. */
    private void correct(AuditRows.Row row) {
        Thread thread = new Thread(() -> open(row), "LesionJ " + row.item().item().path());
        thread.setDaemon(true);
        thread.start();
    }

    private void open(AuditRows.Row row) {
        try {
            ImagePlus image = ImagePlusCopy.of(images.whole(row.item()), row.item().item().image());
            Overlay overlay = new Overlay();
            for (TrueBox truth : row.item().image().truth()) {
                if (truth.role() != TrueBox.Role.CROWD) {
                    Roi roi = object(truth.box(), truth.label());
                    roi.setStrokeColor(ClassColors.of(truth.label()));
                    overlay.add(roi);
                }
            }
            image.setOverlay(overlay);
            image.show();
            EventQueue.invokeLater(() -> CanvasZoom.enlarge(image));
            if (row.box().verdict() == Verdict.FALSE_ALARM) {
                image.setRoi(object(row.box().box(), row.box().label()));
            }
        } catch (LesionJException e) {
            warnings.accept(e.getMessage());
        }
    }
}
