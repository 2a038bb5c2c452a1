package io.github.lesionj.ij1;

import ij.IJ;
import ij.ImageJ;
import ij.plugin.frame.Recorder;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Point;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.swing.JLabel;

/**
 * Runs in an ImageJ with a display: starts the labelling by its macro line and types as a user does, through the X server.
 *
 * <p>Arguments: {@code FOLDER OPTIONS STEP...}. A step is a key ({@code 1} to {@code 9}, {@code u}, {@code back}, {@code left},
 * {@code right}, {@code h} ... any letter), {@code @hold=KEY} (until it repeats itself), {@code @wait=N} (until the window says that N
 * have a class), {@code @title=NAME} (until that image is shown), {@code @shoot=NAME}, {@code @close} (the window), {@code @hang}
 * (says so and does nothing more, to be killed).
 */
public final class LabellingDriver {

    private static final int TURNS = 1500;

    private LabellingDriver() {
    }

    public static void main(String[] arguments) throws Exception {
        int status = 1;
        try {
            new ImageJ();
            EventQueue.invokeAndWait(Recorder::new);
            Thread command = new Thread(() -> IJ.run("Prepare Training Set...", arguments[1]), "Run$_labelling");
            command.start();
            Frame window = window();
            Robot robot = new Robot();
            robot.setAutoDelay(10);
            click(robot, window);
            for (int i = 2; i < arguments.length; i++) {
                step(arguments[i], window, robot, Path.of(arguments[0]));
            }
            command.join(20_000);
            System.out.println("ended=" + !command.isAlive());
            HostState.print("Prepare Training Set...");
            status = 0;
        } catch (Exception e) {
            System.err.println("The labelling was not driven to its end: " + e);
        } finally {
            System.out.flush();
            Runtime.getRuntime().exit(status);
        }
    }

    private static Frame window() throws Exception {
        for (int turn = 0; turn < TURNS; turn++) {
            for (Frame frame : Frame.getFrames()) {
                if ("lesionj.labelling".equals(frame.getName()) && frame.isShowing()) {
                    return frame;
                }
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("no window was opened");
    }

    /** Where no window manager gives it the keyboard. */
    private static void click(Robot robot, Frame window) throws Exception {
        Thread.sleep(300);
        EventQueue.invokeAndWait(window::toFront);
        Point place = Screen.find(window, "lesionj.progress").getLocationOnScreen();
        robot.mouseMove(place.x + 5, place.y + 5);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        Thread.sleep(300);
    }

    private static void step(String step, Frame window, Robot robot, Path folder) throws Exception {
        if (step.startsWith("@shoot=")) {
            Screen.shoot(folder.resolve(step.substring("@shoot=".length()) + ".png"));
        } else if (step.startsWith("@wait=")) {
            JLabel progress = (JLabel) Screen.find(window, "lesionj.progress");
            await(progress::getText, step.substring("@wait=".length()) + " of ");
        } else if (step.startsWith("@title=")) {
            await(window::getTitle, step.substring("@title=".length()));
        } else if (step.startsWith("@hold=")) {
            int code = code(step.substring("@hold=".length()));
            robot.keyPress(code);
            Thread.sleep(1500);
            robot.keyRelease(code);
            Thread.sleep(200);
        } else if (step.equals("@close")) {
            EventQueue.invokeAndWait(() -> window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING)));
        } else if (step.equals("@hang")) {
            System.out.println("hanging");
            System.out.flush();
            Thread.sleep(Long.MAX_VALUE);
        } else {
            Thread.sleep(60);
            type(robot, code(step));
            Thread.sleep(60);
        }
    }

    private static void type(Robot robot, int code) {
        robot.keyPress(code);
        robot.keyRelease(code);
    }

    private static int code(String key) {
        return switch (key) {
            case "back" -> KeyEvent.VK_BACK_SPACE;
            case "left" -> KeyEvent.VK_LEFT;
            case "right" -> KeyEvent.VK_RIGHT;
            default -> KeyEvent.getExtendedKeyCodeForChar(key.charAt(0));
        };
    }

    /** Asked on the event thread, which has then shown all of the image that the text speaks of. */
    private static void await(Supplier<String> text, String beginning) throws Exception {
        String[] last = new String[1];
        for (int turn = 0; turn < TURNS; turn++) {
            EventQueue.invokeAndWait(() -> last[0] = text.get());
            if (last[0].startsWith(beginning)) {
                return;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("the window says " + last[0] + ", not " + beginning);
    }
}
