package io.github.lesionj.ij1;

import ij.IJ;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GUI;
import io.github.lesionj.commands.CommandKey;
import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.commands.RememberedValues;
import io.github.lesionj.core.UsageException;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;

/**
 * The dialog of any command, made from its keys: at most ten in sight, the rest under "Advanced".
 *
 * <p>Every field carries its key as the component's name, so that a test can drive it.
 */
final class CommandDialog {

    private static final int IN_SIGHT = 10;
    /** Room in px for what a desktop has at the screen's edges. */
    private static final int MARGIN = 80;

    private final LesionCommand command;
    private final List<KeyField> fields = new ArrayList<>();
    private final JDialog dialog;
    private final KeyPanel basic = new KeyPanel();
    private final KeyPanel advanced = new KeyPanel();
    private final JScrollPane folded = new JScrollPane(advanced, JScrollPane.VERTICAL_SCROLLBAR_AS_NEEDED,
        JScrollPane.HORIZONTAL_SCROLLBAR_NEVER);
    private final JToggleButton unfold = new JToggleButton("Advanced");
    private final JLabel found = new JLabel(html("&nbsp;"));
    private final JLabel message = new JLabel(" ");
    private final Optional<DialogPreview> preview;
    private Map<String, Object> values;

    private CommandDialog(LesionCommand command) {
        this.command = command;
        dialog = new JDialog(IJ.getInstance(), command.label().replaceAll("\\.+$", ""), true);
        dialog.setName("lesionj.dialog");
        addFields(RememberedValues.read(command));
        preview = DialogPreview.of(command, fields, text -> say(found, text), text -> say(message, text));
        layOut();
    }

    /** Lets Swing load what every dialog needs, while the caller does something else: half of what the first one takes. */
    static void warmUp() {
        EventQueue.invokeLater(() -> {
            KeyPanel panel = new KeyPanel();
            panel.add(new JComboBox<>(new String[] {""}));
            panel.add(new JTextField(1));
            panel.add(new JCheckBox());
            panel.add(new JButton("Browse..."));
            panel.add(new JToggleButton("Advanced"));
            panel.getPreferredSize();
        });
    }

    /** Asks the user; empty when cancelled. Waits for the answer on the calling thread. */
    static Optional<Map<String, Object>> ask(LesionCommand command) {
        List<Map<String, Object>> answer = new ArrayList<>();
        onEventThread(() -> {
            Map<String, Object> values = new CommandDialog(command).show();
            if (values != null) {
                answer.add(values);
            }
        });
        return answer.stream().findFirst();
    }

    private static void onEventThread(Runnable action) {
        if (EventQueue.isDispatchThread()) {
            action.run();
            return;
        }
        try {
            EventQueue.invokeAndWait(action);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The dialog could not be shown: " + e.getCause(), e.getCause());
        }
    }

    private void addFields(Map<CommandKey, Object> remembered) {
        for (CommandKey key : command.keys()) {
            if (!key.isVisible()) {
                continue;
            }
            KeyField field = KeyField.of(key, command.suggestions(key.name()));
            field.setText(key.format(remembered.getOrDefault(key, key.defaultValue())));
            boolean folds = key.isAdvanced() || fields.size() >= IN_SIGHT;
            (folds ? advanced : basic).add(field);
            fields.add(field);
        }
    }

    private void layOut() {
        unfold.setName("advanced");
        unfold.setVisible(advanced.getComponentCount() > 0);
        unfold.addActionListener(event -> fold(!unfold.isSelected()));
        found.setName("found");
        JPanel foundRow = row(found);
        foundRow.setVisible(preview.isPresent());
        message.setName("message");
        if (preview.isPresent()) {
            // room for most of what it says, for a window that grows under the mouse is no help
            message.setText(html("&nbsp;<br>&nbsp;"));
        }
        message.setForeground(new Color(0xB00020));
        JPanel column = new JPanel();
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        for (JComponent part : List.of(basic, row(unfold), folded, foundRow, row(message))) {
            part.setAlignmentX(Component.LEFT_ALIGNMENT);
            column.add(part);
        }
        column.setBorder(BorderFactory.createEmptyBorder(10, 12, 4, 12));
        dialog.add(column, BorderLayout.CENTER);
        dialog.add(buttons(), BorderLayout.SOUTH);
        folded.setBorder(BorderFactory.createEmptyBorder());
        folded.getVerticalScrollBar().setUnitIncrement(16);
        folded.setVisible(false);
        scale(dialog);
    }

    /** As high as the fields are, but the window must fit on the screen with what stands above and below. */
    private void limitHeight() {
        folded.setPreferredSize(null);
        Dimension wanted = folded.getPreferredSize();
        // not by packing twice: an X server without a window manager answers the first size after the second
        folded.setVisible(false);
        int room = GUI.getScreenBounds(dialog).height - dialog.getPreferredSize().height - MARGIN;
        folded.setVisible(true);
        if (wanted.height > room) {
            int bar = folded.getVerticalScrollBar().getPreferredSize().width;
            folded.setPreferredSize(new Dimension(wanted.width + bar, Math.max(MARGIN, room)));
        }
    }

    private static JPanel row(Component content) {
        JPanel row = new JPanel(new FlowLayout(FlowLayout.LEFT, 0, 4));
        row.add(content);
        return row;
    }

    private JComponent buttons() {
        JButton accept = button("OK", this::accept);
        JButton cancel = button("Cancel", dialog::dispose);
        Box buttons = Box.createHorizontalBox();
        buttons.setBorder(BorderFactory.createEmptyBorder(4, 12, 10, 12));
        buttons.add(button("Help", this::help));
        buttons.add(Box.createHorizontalGlue());
        buttons.add(cancel);
        buttons.add(Box.createHorizontalStrut(6));
        buttons.add(accept);
        dialog.getRootPane().setDefaultButton(accept);
        dialog.getRootPane().registerKeyboardAction(event -> dialog.dispose(),
            KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
        return buttons;
    }

    private static JButton button(String text, Runnable action) {
        JButton button = new JButton(text);
        button.setName(text);
        button.addActionListener(event -> action.run());
        return button;
    }

    private void fold(boolean fold) {
        unfold.setSelected(!fold);
        folded.setVisible(!fold);
        if (!fold) {
            limitHeight();
        }
        dialog.pack();
        Rectangle screen = GUI.getScreenBounds(dialog);
        int lowest = screen.y + screen.height - dialog.getHeight() - MARGIN / 2;
        dialog.setLocation(dialog.getX(), Math.max(screen.y, Math.min(dialog.getY(), lowest)));
    }

    private Map<String, Object> show() {
        dialog.pack();
        GUI.centerOnImageJScreen(dialog);
        preview.ifPresent(shown -> moveBeside(WindowManager.getCurrentWindow()));
        try {
            dialog.setVisible(true);
        } finally {
            preview.ifPresent(DialogPreview::end);
        }
        return values;
    }

    /** What is previewed on an image must be seen. */
    private void moveBeside(Window image) {
        if (image != null) {
            dialog.setLocation(DialogPreview.place(image.getBounds(), dialog.getSize(), GUI.getScreenBounds(dialog), dialog.getLocation()));
        }
    }

    private void accept() {
        Map<String, Object> read = new LinkedHashMap<>();
        for (KeyField field : fields) {
            try {
                read.put(field.key().name(), field.key().parse(field.text()));
            } catch (UsageException e) {
                refuse(field, e.getMessage());
                return;
            }
        }
        values = read;
        dialog.dispose();
    }

    private void refuse(KeyField field, String sentence) {
        write(message, sentence);
        fold(!folded.isVisible() && !advanced.holds(field));
        field.component().scrollRectToVisible(new Rectangle(field.component().getSize()));
        field.requestFocus();
    }

    /** On as many lines as it takes; the dialog grows for it where it must. */
    private void say(JLabel label, String text) {
        write(label, text);
        if (dialog.getPreferredSize().height > dialog.getHeight()) {
            dialog.pack();
        }
    }

    private static void write(JLabel label, String text) {
        label.setText(text.isEmpty() ? " " : html(escape(text)));
    }

    private static String html(String text) {
        return "<html><body style='width:360px'>" + text + "</body></html>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private void help() {
        StringBuilder text = new StringBuilder(command.getInfo().getDescription()).append("\n\n");
        for (KeyField field : fields) {
            text.append(field.key().label()).append('\n')
                .append(CommandHelp.lines(field.key(), command.suggestions(field.key().name())));
        }
        JTextArea area = new JTextArea(text.toString().strip(), 24, 60);
        area.setLineWrap(true);
        area.setWrapStyleWord(true);
        area.setEditable(false);
        area.setCaretPosition(0);
        JOptionPane.showMessageDialog(dialog, new JScrollPane(area), dialog.getTitle(), JOptionPane.PLAIN_MESSAGE);
    }

    /** ImageJ's own scale of its windows, for screens with small pixels. */
    private static void scale(Component component) {
        double scale = Prefs.getGuiScale();
        if (scale == 1.0) {
            return;
        }
        if (component.getFont() != null) {
            component.setFont(component.getFont().deriveFont((float) (component.getFont().getSize2D() * scale)));
        }
        if (component instanceof Container container) {
            for (Component child : container.getComponents()) {
                scale(child);
            }
        }
    }
}
