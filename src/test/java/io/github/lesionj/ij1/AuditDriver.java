package io.github.lesionj.ij1;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.swing.JComponent;
import javax.swing.JTable;

/**
 * Runs in an ImageJ with a display: judges a detector by a macro line and looks at the audit as a user does, by mouse and keys of the X server.
 *
 * <p>Arguments: {@code PICTURES OPTIONS STEP...}. A step is {@code row=N} (click on the row, from 0), {@code down} (the arrow key), {@code correct} (the
 * button), {@code b} (the key, on the image in front), {@code shoot=NAME}, {@code run=COMMAND|OPTIONS}. After each it says what is shown.
 */
public final class AuditDriver {

    private static final int TURNS = 1500;

    private AuditDriver() {
    }

    public static void main(String[] arguments) throws Exception {
        int status = 1;
        try {
            new ImageJ();
            IJ.run("Evaluate Model...", arguments[1]);
            Frame audit = await(AuditDriver::frame);
            Robot robot = new Robot();
            robot.setAutoDelay(20);
            Thread.sleep(500);
            for (int i = 2; i < arguments.length; i++) {
                step(arguments[i], audit, robot, Path.of(arguments[0]));
                Thread.sleep(400);
                System.out.println(arguments[i] + " -> " + shown());
            }
            status = 0;
        } catch (Exception e) {
            System.err.println("The audit was not driven to its end: " + e);
        } finally {
            System.out.flush();
            Runtime.getRuntime().exit(status);
        }
    }

    private static Frame frame() {
        return Arrays.stream(Frame.getFrames()).filter(frame -> "lesionj.audit".equals(frame.getName()) && frame.isShowing()).findFirst().orElse(null);
    }

    private static <T> T await(Supplier<T> wanted) throws InterruptedException {
        for (int turn = 0; turn < TURNS; turn++) {
            T found = wanted.get();
            if (found != null) {
                return found;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("it did not come");
    }

    private static void step(String step, Frame audit, Robot robot, Path pictures) throws Exception {
        String[] parts = step.split("=", 2);
        switch (parts[0]) {
            case "row" -> {
                EventQueue.invokeAndWait(audit::toFront);
                JTable table = (JTable) Screen.find(audit, "lesionj.audit.table");
                click(robot, table, table.getCellRect(Integer.parseInt(parts[1]), 1, true));
            }
            case "down" -> type(robot, KeyEvent.VK_DOWN);
            case "correct" -> {
                int before = WindowManager.getImageCount();
                JComponent button = (JComponent) Screen.find(audit, "lesionj.audit.correct");
                click(robot, button, new Rectangle(button.getSize()));
                await(() -> WindowManager.getImageCount() > before ? true : null);
            }
            case "b" -> {
                ImagePlus image = WindowManager.getCurrentImage();
                EventQueue.invokeAndWait(() -> {
                    image.getWindow().toFront();
                    image.getCanvas().requestFocus();
                });
                Thread.sleep(300);
                type(robot, KeyEvent.VK_B);
            }
            case "shoot" -> Screen.shoot(pictures.resolve(parts[1] + ".png"));
            default -> IJ.run(parts[1].split("\\|")[0], parts[1].split("\\|")[1]);
        }
    }

    private static void click(Robot robot, JComponent component, Rectangle place) throws Exception {
        Point[] corner = new Point[1];
        EventQueue.invokeAndWait(() -> corner[0] = component.getLocationOnScreen());
        robot.mouseMove(corner[0].x + (int) place.getCenterX(), corner[0].y + (int) place.getCenterY());
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        robot.waitForIdle();
    }

    private static void type(Robot robot, int code) {
        robot.keyPress(code);
        robot.keyRelease(code);
        robot.waitForIdle();
    }

    private static String shown() throws Exception {
        String[] text = new String[1];
        EventQueue.invokeAndWait(() -> {
            ImagePlus image = WindowManager.getCurrentImage();
            ImagePlus audit = WindowManager.getImage("Audit");
            text[0] = "slice " + audit.getCurrentSlice() + " " + roi(audit.getRoi()) + "; front " + image.getTitle() + " " + roi(image.getRoi()) + " overlay "
                + (image.getOverlay() == null ? 0 : Arrays.stream(image.getOverlay().toArray()).map(AuditDriver::roi).toList());
        });
        return text[0];
    }

    private static String roi(Roi roi) {
        return roi == null ? "none" : roi.getName() + " " + (int) roi.getXBase() + "," + (int) roi.getYBase() + "," + (int) roi.getFloatWidth() + ","
            + (int) roi.getFloatHeight();
    }
}
