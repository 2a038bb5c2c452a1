package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.gui.ImageWindow;
import ij.process.ImageProcessor;
import io.github.lesionj.dataset.LabellingSession;
import io.github.lesionj.results.ClassColors;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.GridLayout;
import java.awt.Panel;
import java.util.ArrayList;
import java.util.List;
import javax.swing.BoxLayout;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingConstants;

/** An ImageJ window with the classes, their keys and counts below the image. */
final class LabellingFrame extends ImageWindow {

    private static final int COLUMNS = 3;
    private static final int SWATCH = 12;
    private static final int GAP = 4;

    private final LabellingSession session;
    private final Runnable whenClosed;
    private final List<JButton> classes = new ArrayList<>();
    private final JLabel progress = label("lesionj.progress");
    private final JLabel sentence = label("lesionj.sentence");

    LabellingFrame(ImagePlus image, LabellingSession session, LabellingWindow window, Runnable whenClosed) {
        super(image);
        this.session = session;
        this.whenClosed = whenClosed;
        setName("lesionj.labelling");
        add(heavy(panel(window)));
        pack();
        refresh();
        CanvasZoom.enlarge(imp);
        toFront();
        getCanvas().requestFocus();
    }

    /** An ImageJ window paints no Swing component itself. */
    private static Panel heavy(JPanel panel) {
        Panel heavy = new Panel(new BorderLayout());
        heavy.add(panel);
        return heavy;
    }

    private static JLabel label(String name) {
        JLabel label = new JLabel(" ", SwingConstants.CENTER);
        label.setName(name);
        return label;
    }

    private JPanel panel(LabellingWindow window) {
        JPanel grid = new JPanel(new GridLayout(0, Math.min(COLUMNS, session.classNames().size()), GAP, GAP));
        for (int i = 0; i < session.classNames().size(); i++) {
            int index = i;
            JButton button = button("lesionj.class" + (i + 1), "", () -> window.label(index));
            button.setIcon(new Swatch(ClassColors.of(session.classNames(), session.classNames().get(i))));
            button.setHorizontalAlignment(SwingConstants.LEFT);
            classes.add(button);
            grid.add(button);
        }
        JPanel ways = new JPanel(new GridLayout(1, 0, GAP, GAP));
        ways.add(button("lesionj.previous", "\u2190 Back", window::previous));
        ways.add(button("lesionj.undo", "Undo (Backspace)", window::undo));
        ways.add(button("lesionj.next", "Skip \u2192", window::next));
        JPanel panel = new JPanel();
        panel.setLayout(new BoxLayout(panel, BoxLayout.Y_AXIS));
        for (Component part : List.of(progress, grid, ways, sentence)) {
            JPanel line = new JPanel(new BorderLayout());
            line.add(part);
            panel.add(line);
        }
        return panel;
    }

    /** A button that never takes the keyboard from the image. */
    private static JButton button(String name, String text, Runnable action) {
        JButton button = new JButton(text);
        button.setName(name);
        button.setFocusable(false);
        button.addActionListener(event -> action.run());
        return button;
    }

    /** Shows another image in the same window. */
    void show(String title, ImageProcessor pixels) {
        imp.setProcessor(title, pixels);
        imp.changes = false;
        refresh();
        CanvasZoom.enlarge(imp);
    }

    /** A sentence below the buttons; empty: what the keys do. */
    void say(String text) {
        String said = text.isEmpty() ? "Keys 1 to " + session.classNames().size() + " give a class, Backspace takes the last one back, "
            + "the arrows skip." : text;
        sentence.setText("<html>" + said.replace("&", "&amp;").replace("<", "&lt;") + "</html>");
        refresh();
    }

    private void refresh() {
        int[] counts = session.counts();
        for (int i = 0; i < counts.length; i++) {
            classes.get(i).setText((i + 1) + "  " + session.classNames().get(i) + ": " + counts[i]);
        }
        progress.setText(session.done() + " of " + session.total() + " have a class"
            + (session.unreadable().isEmpty() ? "" : ", " + session.unreadable().size() + " cannot be read"));
        pack();
    }

    @Override
    public boolean close() {
        imp.changes = false;
        boolean done = super.close();
        whenClosed.run();
        return done;
    }

    /** A square in a class's colour. */
    private record Swatch(Color color) implements Icon {

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            graphics.setColor(color);
            graphics.fillRect(x, y, SWATCH, SWATCH);
        }

        @Override
        public int getIconWidth() {
            return SWATCH;
        }

        @Override
        public int getIconHeight() {
            return SWATCH;
        }
    }
}
