package io.github.lesionj.commands;

import ij.IJ;
import java.awt.BorderLayout;
import java.awt.EventQueue;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** The macro line of a suggested training, and a button that runs it; it waits for nobody. */
final class SuggestionWindow {

    private static final int COLUMNS = 70;
    private static final int ROWS = 6;

    private SuggestionWindow() {
    }

    /**
     * Shows it.
     *
     * @param command that the button runs
     * @param options of the command, as a macro gives them
     * @param running whether that command runs already: then there is nothing to show
     */
    static void show(String command, String options, boolean running) {
        if (!running) {
            EventQueue.invokeLater(() -> window(command, options).setVisible(true));
        }
    }

    private static JFrame window(String command, String options) {
        JFrame frame = new JFrame("Suggested training");
        JTextArea text = new JTextArea("run(\"" + command + "\", \"" + options + "\");", ROWS, COLUMNS);
        text.setLineWrap(true);
        text.setEditable(false);
        JButton start = new JButton("Train now");
        start.setName("train");
        start.addActionListener(event -> {
            frame.dispose();
            // a command must not run on the event thread
            new Thread(() -> IJ.run(command, options), "Run$_Suggested training").start();
        });
        frame.add(new JScrollPane(text), BorderLayout.CENTER);
        frame.add(start, BorderLayout.SOUTH);
        frame.getRootPane().setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
        frame.getRootPane().setDefaultButton(start);
        frame.pack();
        frame.setLocationRelativeTo(null);
        return frame;
    }
}
