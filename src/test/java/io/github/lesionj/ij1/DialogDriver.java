package io.github.lesionj.ij1;

import ij.IJ;
import ij.ImageJ;
import ij.Prefs;
import ij.plugin.frame.Recorder;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Rectangle;
import java.awt.Window;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.text.JTextComponent;

/**
 * Runs in an ImageJ with a display: chooses a command from the menu, sets its widgets, presses OK, prints what happened.
 *
 * <p>Arguments: {@code FOLDER LABEL key=value...}; {@code @message} prints what the dialog says after OK,
 * {@code @cancel} cancels. {@code FOLDER @open LABEL...} opens each command's dialog twice, the first time cold. It knows no class of LesionJ: the dialog is found by its name.
 */
public final class DialogDriver {

    private DialogDriver() {
    }

    public static void main(String[] arguments) throws Exception {
        int status = 1;
        try {
            Path folder = Path.of(arguments[0]);
            String[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
            if (arguments[1].equals("@open")) {
                open(folder, rest);
            } else {
                drive(folder, arguments[1], rest);
            }
            status = 0;
        } finally {
            System.out.flush();
            Runtime.getRuntime().exit(status);
        }
    }

    private static void drive(Path folder, String label, String... settings) throws Exception {
        new ImageJ();
        onEventThread(() -> new Recorder());
        choose(label);
        JDialog dialog = dialog();
        screenshot(folder.resolve("dialog.png"));
        for (String setting : settings) {
            onEventThread(() -> set(dialog, setting));
        }
        screenshot(folder.resolve("dialog-set.png"));
        if (dialog.isVisible()) {
            onEventThread(() -> click(dialog, "OK"));
        }
        waitForCommand(label);
        Prefs.savePreferences(); // as quitting does
        System.out.println("recorded=" + Recorder.getInstance().getText().strip().replace("\n", "\\n"));
    }

    private static void open(Path folder, String... labels) throws Exception {
        new ImageJ();
        for (String label : labels) {
            for (int round = 0; round < 2; round++) {
                long start = System.nanoTime();
                choose(label);
                System.out.println("opened " + label + " " + (System.nanoTime() - start) / 1_000_000);
                screenshot(folder.resolve(label.replaceAll("\\W+", "-") + ".png"));
                onEventThread(() -> click(dialog(), "Cancel"));
                waitForCommand(label);
            }
        }
    }

    private static void choose(String label) throws Exception {
        IJ.doCommand(label);
        for (int i = 0; i < 500 && (dialog() == null || !dialog().isShowing()); i++) {
            Thread.sleep(10);
        }
    }

    /** ImageJ runs a chosen command in a thread of that name. */
    private static void waitForCommand(String label) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().endsWith(label)) {
                thread.join(60_000);
            }
        }
    }

    private static JDialog dialog() {
        for (Window window : Window.getWindows()) {
            if ("lesionj.dialog".equals(window.getName()) && window.isShowing()) {
                return (JDialog) window;
            }
        }
        return null;
    }

    private static Object set(JDialog dialog, String setting) {
        String key = setting.split("=", 2)[0];
        if (key.equals("@message")) {
            click(dialog, "OK");
            System.out.println("message=" + ((JLabel) find(dialog, "message")).getText());
        } else if (key.equals("@cancel")) {
            click(dialog, "Cancel");
        } else {
            setWidget(find(dialog, key), setting.substring(key.length() + 1));
        }
        return null;
    }

    private static void setWidget(Component widget, String value) {
        if (widget instanceof AbstractButton box) {
            if (box.isSelected() != value.equals("true")) {
                box.doClick();
            }
        } else if (widget instanceof JComboBox<?> box) {
            box.setSelectedItem(value);
        } else {
            ((JTextComponent) widget).setText(value);
        }
    }

    private static Object click(Container dialog, String name) {
        ((AbstractButton) find(dialog, name)).doClick();
        return null;
    }

    private static Component find(Container parent, String name) {
        for (Component child : parent.getComponents()) {
            Component found = name.equals(child.getName()) ? child
                : child instanceof Container container ? find(container, name) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static void onEventThread(Callable<Object> action) throws Exception {
        FutureTask<Object> task = new FutureTask<>(action);
        EventQueue.invokeAndWait(task);
        task.get();
    }

    private static void screenshot(Path file) throws Exception {
        EventQueue.invokeAndWait(() -> Toolkit.getDefaultToolkit().sync());
        Thread.sleep(200);
        Files.createDirectories(file.getParent());
        ImageIO.write(new Robot().createScreenCapture(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize())), "png",
            new File(file.toString()));
    }
}
