package io.github.lesionj.ij1;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;
import ij.plugin.frame.RoiManager;
import java.awt.EventQueue;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.nio.file.Path;
import java.util.Arrays;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JSlider;
import javax.swing.text.JTextComponent;

/**
 * Runs in an ImageJ with a display, as a user does: opens {@code Detect Lesions...} on an image, previews, moves sliders by
 * their thumbs, and says what is seen.
 *
 * <p>Arguments: {@code FOLDER IMAGE STEP...}. A step is {@code open}, {@code key=value}, {@code drag:key=value} (the slider, by
 * its thumb), {@code found:TEXT} (waits until the dialog's line begins so), {@code message:TEXT} (until its message contains it),
 * {@code click:BUTTON}, {@code ended}, {@code tell} (the overlay), {@code state}, {@code shoot:NAME}, {@code roi:X,Y,W,H} (on the image),
 * {@code delete} (the first ROI of the manager) or {@code measure}. It knows no class of LesionJ.
 */
public final class PreviewDriver {

    private static final String LABEL = "Detect Lesions...";

    private final Path folder;

    private PreviewDriver(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        int status = 1;
        try {
            new ImageJ();
            DialogDriver.onEventThread(Recorder::new);
            IJ.open(arguments[1]);
            userElement(IJ.getImage());
            PreviewDriver driver = new PreviewDriver(Path.of(arguments[0]));
            for (String step : Arrays.copyOfRange(arguments, 2, arguments.length)) {
                driver.take(step);
            }
            System.out.println("recorded=" + HostState.oneLine(Recorder.getInstance().getText().strip()));
            status = 0;
        } finally {
            System.out.flush();
            Runtime.getRuntime().exit(status);
        }
    }

    private static void userElement(ImagePlus image) {
        Roi mine = new Roi(1, 2, 3, 4);
        mine.setName("mine");
        image.setOverlay(new Overlay(mine));
    }

    private void take(String step) throws Exception {
        String word = step.split("[:=]", 2)[0];
        String rest = step.length() > word.length() ? step.substring(word.length() + 1) : "";
        switch (word) {
            case "open" -> DialogDriver.choose(LABEL);
            case "found" -> await("found", rest);
            case "message" -> await("message", rest);
            case "click" -> DialogDriver.onEventThread(() -> Screen.click(Screen.dialog(), rest));
            case "drag" -> drag(rest.split("=")[0], Integer.parseInt(rest.split("=")[1]));
            case "ended" -> DialogDriver.waitForCommand(LABEL);
            case "tell" -> tell();
            case "state" -> HostState.print(LABEL);
            case "shoot" -> Screen.shoot(folder.resolve(rest + ".png"));
            case "roi" -> select(Arrays.stream(rest.split(",")).mapToInt(Integer::parseInt).toArray());
            case "delete" -> delete();
            case "measure" -> measure();
            default -> DialogDriver.onEventThread(() -> {
                Screen.setWidget((JComponent) Screen.find(Screen.dialog(), word), rest);
                return null;
            });
        }
    }

    private static void await(String label, String text) throws Exception {
        JDialog dialog = Screen.dialog();
        JLabel line = (JLabel) Screen.find(dialog, label);
        String[] shown = {""};
        for (int i = 0; i < 6000; i++) {
            EventQueue.invokeAndWait(() -> shown[0] = line.getText().replaceAll("<[^>]*>", ""));
            if (shown[0].contains(text) && (label.equals("message") || shown[0].startsWith(text))) {
                System.out.println(label + "=" + shown[0]);
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("The dialog says " + shown[0] + ", not " + text);
    }

    /**
     * Takes the thumb where it is and lets it go where a value is, in steps of the slider. Not with a robot: without a window manager
     * Java does not know for sure where a window is.
     */
    private static void drag(String key, int to) throws Exception {
        JSlider slider = (JSlider) Screen.find(Screen.dialog(), key + ".slider");
        int from = place(slider, slider.getValue());
        int target = place(slider, to);
        mouse(slider, MouseEvent.MOUSE_PRESSED, from);
        for (int i = 1; i <= 10; i++) {
            mouse(slider, MouseEvent.MOUSE_DRAGGED, from + (target - from) * i / 10);
            Thread.sleep(20);
        }
        mouse(slider, MouseEvent.MOUSE_RELEASED, target);
        String text = ((JTextComponent) Screen.find(Screen.dialog(), key)).getText();
        System.out.println("dragged=" + key + " to " + slider.getValue() + ", text " + text);
        if (Math.abs(slider.getValue() - to) > 2) {
            throw new AssertionError(key + " is at " + slider.getValue() + ", not at " + to);
        }
    }

    private static void mouse(JSlider slider, int kind, int x) throws Exception {
        EventQueue.invokeAndWait(() -> slider.dispatchEvent(new MouseEvent(slider, kind, System.currentTimeMillis(), InputEvent.BUTTON1_DOWN_MASK, x,
            slider.getHeight() / 2, 1, false, MouseEvent.BUTTON1)));
    }

    private static int place(JSlider slider, int value) {
        // half of a thumb on each side
        int margin = 8;
        return margin + (slider.getWidth() - 2 * margin) * value / slider.getMaximum();
    }

    private static void tell() {
        Overlay overlay = WindowManager.getCurrentImage().getOverlay();
        System.out.println("overlay=" + (overlay == null ? "none" : Arrays.stream(overlay.toArray()).map(Roi::getName).toList()));
        System.out.println("manager=" + (RoiManager.getInstance() == null ? "none" : RoiManager.getInstance().getCount()));
    }

    private static void select(int[] bounds) {
        WindowManager.getCurrentImage().setRoi(bounds[0], bounds[1], bounds[2], bounds[3]);
    }

    private static void delete() {
        RoiManager manager = RoiManager.getInstance();
        manager.select(0);
        manager.runCommand("Delete");
    }

    /** As the manager's button does. */
    private static void measure() {
        IJ.run("Set Measurements...", "area mean redirect=None decimal=3");
        IJ.run("Clear Results");
        RoiManager manager = RoiManager.getInstance();
        manager.deselect();
        manager.runCommand("Measure");
        ResultsTable table = ResultsTable.getResultsTable();
        for (int row = 0; row < table.size(); row++) {
            System.out.println("measured=" + table.getValue("Area", row) + " " + table.getValue("Mean", row));
        }
    }
}
