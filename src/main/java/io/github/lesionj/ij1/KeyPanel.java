package io.github.lesionj.ij1;

import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** Fields one below the other, their labels to the left, a chooser to the right where a field has one. */
final class KeyPanel extends JPanel {

    private static final long serialVersionUID = 1L;

    private final transient List<KeyField> fields = new ArrayList<>();

    KeyPanel() {
        super(new GridBagLayout());
    }

    void add(KeyField field) {
        String tip = field.key().description();
        JLabel label = new JLabel(field.key().label());
        label.setToolTipText(tip);
        label.setLabelFor(field.component());
        field.component().setToolTipText(tip);
        place(label, 0, 0);
        place(field.view(), 1, 1);
        place(field.chooser().isPresent() ? field.chooser().get() : new JLabel(field.key().range()), 2, 0);
        fields.add(field);
    }

    private void place(Component component, int column, double weight) {
        GridBagConstraints at = new GridBagConstraints();
        at.gridx = column;
        at.gridy = fields.size();
        at.weightx = weight;
        at.fill = column == 1 ? GridBagConstraints.HORIZONTAL : GridBagConstraints.NONE;
        at.anchor = GridBagConstraints.WEST;
        at.insets = new Insets(2, column == 0 ? 0 : 6, 2, 0);
        add(component, at);
    }

    boolean holds(KeyField field) {
        return fields.contains(field);
    }
}
