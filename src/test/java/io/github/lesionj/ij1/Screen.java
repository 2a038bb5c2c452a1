package io.github.lesionj.ij1;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.TextArea;
import java.awt.Toolkit;
import java.awt.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.text.JTextComponent;

/** What is on the screen, as a user finds and uses it. */
final class Screen {

    private Screen() {
    }

    /** The command's dialog that is open; null without one. */
    static JDialog dialog() {
        for (Window window : Window.getWindows()) {
            if ("lesionj.dialog".equals(window.getName()) && window.isShowing()) {
                return (JDialog) window;
            }
        }
        return null;
    }

    /** Tells and closes every other dialog, such as that of an error. */
    static void closeMessages() throws Exception {
        for (Window window : Window.getWindows()) {
            if (window instanceof Dialog dialog && dialog.isModal() && dialog.isShowing() && dialog != dialog()) {
                System.out.println("error=" + dialog.getTitle() + ": " + HostState.oneLine(text(dialog).strip()));
                EventQueue.invokeAndWait(dialog::dispose);
            }
        }
    }

    private static String text(Container parent) {
        StringBuilder text = new StringBuilder();
        for (Component child : parent.getComponents()) {
            if (child instanceof TextArea area) {
                text.append(area.getText());
            } else if (child instanceof ij.gui.MultiLineLabel label) {
                text.append(lines(label));
            } else if (child instanceof Container container) {
                text.append(text(container));
            }
        }
        return text.toString();
    }

    /** ImageJ's label tells its text to nobody. */
    private static String lines(ij.gui.MultiLineLabel label) {
        try {
            java.lang.reflect.Field lines = ij.gui.MultiLineLabel.class.getDeclaredField("lines");
            lines.setAccessible(true);
            return String.join(" ", (String[]) lines.get(label));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Component find(Container parent, String name) {
        for (Component child : parent.getComponents()) {
            Component found = name.equals(child.getName()) ? child
                : child instanceof Container container ? find(container, name) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    static Object click(Container dialog, String name) {
        ((AbstractButton) find(dialog, name)).doClick();
        return null;
    }

    static void setWidget(JComponent widget, String value) {
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

    static void shoot(Path file) throws Exception {
        EventQueue.invokeAndWait(() -> Toolkit.getDefaultToolkit().sync());
        Thread.sleep(200);
        Files.createDirectories(file.getParent());
        ImageIO.write(new Robot().createScreenCapture(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize())), "png",
            file.toFile());
    }
}
