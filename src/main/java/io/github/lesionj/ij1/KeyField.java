package io.github.lesionj.ij1;

import io.github.lesionj.commands.CommandKey;
import java.awt.BorderLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.AbstractButton;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JTextField;

/**
 * The widget of one key; whatever it looks like, its value is a text as macros write it, so that there is one reading.
 *
 * <p>Numbers are typed, as in ImageJ's own dialogs: a spinner would write them in the user's locale.
 */
final class KeyField {

    private static final int COLUMNS = 24;

    private final CommandKey key;
    private final JComponent component;
    private final Supplier<String> get;
    private final Consumer<String> set;
    private final JButton chooser;
    private final NumberSlider slider;

    private KeyField(CommandKey key, JComponent component, Supplier<String> get, Consumer<String> set, boolean chooses) {
        this.key = key;
        this.component = component;
        this.get = get;
        this.set = set;
        this.chooser = chooses ? newChooser() : null;
        this.slider = component instanceof JTextField text ? key.slider().map(range -> new NumberSlider(key, range, text)).orElse(null) : null;
        component.setName(key.name());
    }

    /** The widget that fits the key's type. */
    static KeyField of(CommandKey key, List<String> suggestions) {
        if (key.isBoolean()) {
            JCheckBox box = new JCheckBox();
            return new KeyField(key, box, () -> String.valueOf(box.isSelected()), text -> box.setSelected(text.equals("true")),
                false);
        }
        if (!key.choices().isEmpty()) {
            return selection(key, key.choices(), false);
        }
        if (!suggestions.isEmpty()) {
            return selection(key, suggestions, true);
        }
        JTextField field = new JTextField(key.isNumber() ? COLUMNS / 3 : COLUMNS);
        return new KeyField(key, field, field::getText, field::setText, key.isPath());
    }

    private static KeyField selection(CommandKey key, List<String> items, boolean editable) {
        JComboBox<String> box = new JComboBox<>(items.toArray(new String[0]));
        box.setEditable(editable);
        Supplier<String> shown = () -> (editable ? box.getEditor().getItem() : box.getSelectedItem()).toString();
        return new KeyField(key, box, shown, box::setSelectedItem, key.isPath());
    }

    private JButton newChooser() {
        JButton browse = new JButton("Browse...");
        browse.setName(key.name() + ".browse");
        browse.addActionListener(event -> PathChooser.choose(component, key, text()).ifPresent(this::setText));
        return browse;
    }

    CommandKey key() {
        return key;
    }

    JComponent component() {
        return component;
    }

    /** The component with what stands right beside it. */
    JComponent view() {
        if (slider == null) {
            return component;
        }
        JPanel both = new JPanel(new BorderLayout(6, 0));
        both.add(component, BorderLayout.WEST);
        both.add(slider.component(), BorderLayout.CENTER);
        return both;
    }

    /** Tells of every change of the value, also by a program; on the event thread. */
    void onChange(Runnable listener) {
        if (component instanceof AbstractButton box) {
            box.addItemListener(event -> listener.run());
        } else if (component instanceof JTextField text) {
            text.getDocument().addDocumentListener(new TextListener(listener));
        } else if (component instanceof JComboBox<?> box) {
            box.addActionListener(event -> listener.run());
            if (box.getEditor().getEditorComponent() instanceof JTextField text) {
                text.getDocument().addDocumentListener(new TextListener(listener));
            }
        }
    }

    /** Where the value leaves it to the model, the slider points to what the model says; the text stays. */
    void point(double inEffect) {
        if (slider != null && !slider.holds(text())) {
            slider.point(inEffect);
        }
    }

    Optional<JButton> chooser() {
        return Optional.ofNullable(chooser);
    }

    /** The value as text, numbers without blanks around them. */
    String text() {
        return key.isNumber() ? get.get().strip() : get.get();
    }

    void setText(String text) {
        set.accept(text);
    }

    void requestFocus() {
        component.requestFocusInWindow();
    }
}
