package io.github.lesionj.commands;

import ij.IJ;
import ij.measure.ResultsTable;
import io.github.lesionj.pipeline.Decision;
import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** A suggested training: a table of its decisions, its macro line, and a button that runs it; it waits for nobody. */
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
     * @param running whether that command runs already: then only the table is of use
     */
    static void show(List<Decision> decisions, String command, String options, boolean running) {
        table(decisions).show("Suggested training");
        if (!running) {
            EventQueue.invokeLater(() -> window(command, options).setVisible(true));
        }
    }

    private static ResultsTable table(List<Decision> decisions) {
        ResultsTable table = new ResultsTable();
        table.showRowNumbers(false);
        for (Decision decision : decisions) {
            table.incrementCounter();
            table.addValue("setting", decision.name());
            table.addValue("value", decision.value());
            table.addValue("reason", decision.reason());
            table.addValue("source", decision.source());
        }
        return table;
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
