package io.github.lesionj.ij1;

import com.sun.management.OperatingSystemMXBean;
import ij.IJ;
import ij.ImageJ;
import ij.WindowManager;
import ij.plugin.frame.Recorder;
import ij.text.TextWindow;
import java.awt.Component;
import java.awt.EventQueue;
import java.awt.Scrollbar;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;

/**
 * Runs in an ImageJ with a display: chooses commands from the menu, sets their widgets, presses OK, prints what happened.
 *
 * <p>Arguments: {@code FOLDER LABEL STEP...}, then {@code ---} and the next command. A step is {@code key=value}, or
 * {@code @image=FILE} (opens it first), {@code @run=LABEL} (one of ImageJ's own commands, first), {@code @message} (prints what
 * the dialog says after OK), {@code @cancel}, {@code @escape=TEXT} (presses Escape when the running command has logged that),
 * {@code @doubleclick=TITLE} (on the first row of the text window whose title begins so, when the command has ended).
 * {@code FOLDER @open LABEL...} opens each
 * command's dialog twice, the first time cold. It knows no class of LesionJ: the dialog is found by its name.
 */
public final class DialogDriver {

    private final Path folder;

    private DialogDriver(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        int status = 1;
        try {
            DialogDriver driver = new DialogDriver(Path.of(arguments[0]));
            new ImageJ();
            if (arguments[1].equals("@open")) {
                driver.open(Arrays.copyOfRange(arguments, 2, arguments.length));
            } else {
                onEventThread(() -> new Recorder());
                driver.driveAll(Arrays.copyOfRange(arguments, 1, arguments.length));
                System.out.println("recorded=" + HostState.oneLine(Recorder.getInstance().getText().strip()));
            }
            status = 0;
        } finally {
            System.out.flush();
            Runtime.getRuntime().exit(status);
        }
    }

    private void driveAll(String[] words) throws Exception {
        int start = 0;
        for (int i = 0; i <= words.length; i++) {
            if (i == words.length || words[i].equals("---")) {
                drive(words[start], Arrays.copyOfRange(words, start + 1, i));
                start = i + 1;
            }
        }
    }

    private void drive(String label, String... steps) throws Exception {
        for (String step : steps) {
            if (step.startsWith("@image=")) {
                IJ.open(step.substring("@image=".length()));
            } else if (step.startsWith("@run=")) {
                IJ.run(step.substring("@run=".length()));
            }
        }
        choose(label);
        JDialog dialog = Screen.dialog();
        Screen.shoot(folder.resolve(fileName(label, "-dialog.png")));
        for (String step : steps) {
            onEventThread(() -> set(dialog, step));
        }
        Screen.shoot(folder.resolve(fileName(label, "-set.png")));
        if (dialog.isVisible()) {
            onEventThread(() -> Screen.click(dialog, "OK"));
        }
        for (String step : steps) {
            if (step.startsWith("@escape=")) {
                escapeAfter(step.substring("@escape=".length()));
            }
        }
        waitForCommand(label);
        for (String step : steps) {
            if (step.startsWith("@doubleclick=")) {
                openFirstRow(step.substring("@doubleclick=".length()));
            }
        }
        Screen.shoot(folder.resolve(fileName(label, "-after.png")));
        HostState.print(label);
    }

    private static String fileName(String label, String end) {
        return label.replaceAll("\\W+", "-").replaceAll("-$", "") + end;
    }

    private void open(String... labels) throws Exception {
        for (String label : labels) {
            for (int round = 0; round < 2; round++) {
                long start = System.nanoTime();
                long used = processTime();
                choose(label);
                System.out.println("opened " + label + " after " + (System.nanoTime() - start) / 1_000_000 + " ms, CPU "
                    + (processTime() - used) / 1_000_000 + " ms");
                onEventThread(() -> Screen.click(Screen.dialog(), "Cancel"));
                waitForCommand(label);
            }
        }
    }

    /** Of all threads, the compiler's too, in ns. */
    private static long processTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static void choose(String label) throws Exception {
        IJ.doCommand(label);
        for (int i = 0; i < 3000 && (Screen.dialog() == null || !Screen.dialog().isShowing()); i++) {
            Thread.sleep(10);
        }
    }

    /** As the user does: the key goes to ImageJ's own window. */
    private static void escapeAfter(String logged) throws Exception {
        for (int i = 0; i < 6000 && (IJ.getLog() == null || !IJ.getLog().contains(logged)); i++) {
            Thread.sleep(10);
        }
        ImageJ window = IJ.getInstance();
        EventQueue.invokeAndWait(() -> window.keyPressed(new KeyEvent(window, KeyEvent.KEY_PRESSED, System.currentTimeMillis(), 0,
            KeyEvent.VK_ESCAPE, KeyEvent.CHAR_UNDEFINED)));
    }

    /** A double click is two presses and a click; the image that opens is waited for until it has an overlay. */
    private static void openFirstRow(String title) throws Exception {
        TextWindow window = (TextWindow) Arrays.stream(WindowManager.getNonImageWindows())
            .filter(frame -> frame.getTitle().startsWith(title)).findFirst().orElseThrow();
        String item = window.getTextPanel().getLine(0).split("\t")[0];
        Component rows = Arrays.stream(window.getTextPanel().getComponents())
            .filter(part -> !(part instanceof Scrollbar)).findFirst().orElseThrow();
        for (int kind : new int[] {MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED, MouseEvent.MOUSE_CLICKED}) {
            EventQueue.invokeAndWait(() -> rows.dispatchEvent(new MouseEvent(rows, kind, System.currentTimeMillis(),
                InputEvent.BUTTON1_DOWN_MASK, 20, 30, 2, false, MouseEvent.BUTTON1)));
        }
        for (int i = 0; i < 3000 && (WindowManager.getImage(item) == null || WindowManager.getImage(item).getOverlay() == null); i++) {
            Thread.sleep(10);
        }
        System.out.println("opened=" + WindowManager.getCurrentImage().getTitle());
    }

    /** ImageJ runs a chosen command in a thread of that name; an error's dialog is told and closed. */
    static void waitForCommand(String label) throws Exception {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().endsWith(label)) {
                for (int i = 0; i < 1200 && thread.isAlive(); i++) {
                    thread.join(100);
                    Screen.closeMessages();
                }
            }
        }
    }

    private static Object set(JDialog dialog, String step) {
        String key = step.split("=", 2)[0];
        if (key.equals("@message")) {
            Screen.click(dialog, "OK");
            System.out.println("message=" + ((JLabel) Screen.find(dialog, "message")).getText());
        } else if (key.equals("@cancel")) {
            Screen.click(dialog, "Cancel");
        } else if (!key.startsWith("@")) {
            Screen.setWidget((JComponent) Screen.find(dialog, key), step.substring(key.length() + 1));
        }
        return null;
    }

    static void onEventThread(Callable<Object> action) throws Exception {
        FutureTask<Object> task = new FutureTask<>(action);
        EventQueue.invokeAndWait(task);
        task.get();
    }
}
