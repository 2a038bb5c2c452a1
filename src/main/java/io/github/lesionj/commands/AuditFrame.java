package io.github.lesionj.commands;

import io.github.lesionj.evaluation.detection.Verdict;
import io.github.lesionj.results.AuditStyle;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.ListSelectionModel;

/** The table of an audit's boxes, with the lines of hits, misses and false alarms explained. Belongs to the event thread. */
final class AuditFrame extends JFrame {

    private static final long serialVersionUID = 1L;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 420;
    private static final int GAP = 8;
    private static final int[] COLUMN_WIDTHS = {190, 90, 90};
    private static final List<Verdict> EXPLAINED = List.of(Verdict.MISS, Verdict.FALSE_ALARM, Verdict.HIT, Verdict.IGNORED);
    private static final String HINT = "<html>A row shows its box; a click on a heading sorts. <b>Correct</b> opens the image with its "
        + "annotated boxes in the overlay, and a false alarm as selection: <b>b</b> adds the selection, a long press on a box takes it up to "
        + "move or delete it, its name is its class. Then <i>Prepare Training Set...</i> with rois=overlay and write=boxes.</html>";

    private final transient AuditRows rows;
    private final JTable table;
    private final JButton correct = new JButton("Correct");

    /**
     * A table.
     *
     * @param totals   how many of each verdict, by its place
     * @param selected is told of the row that was chosen
     * @param opened   is told of the row whose image is to be corrected
     */
    AuditFrame(AuditRows rows, int[] totals, Consumer<AuditRows.Row> selected, Consumer<AuditRows.Row> opened) {
        super("Audit: boxes");
        this.rows = rows;
        this.table = new JTable(rows);
        setName("lesionj.audit");
        table.setName("lesionj.audit.table");
        table.setAutoCreateRowSorter(true);
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        for (int column = 0; column < COLUMN_WIDTHS.length; column++) {
            table.getColumnModel().getColumn(column).setPreferredWidth(COLUMN_WIDTHS[column]);
        }
        table.getSelectionModel().addListSelectionListener(event -> {
            correct.setEnabled(table.getSelectedRow() >= 0);
            if (!event.getValueIsAdjusting()) {
                withSelected(selected);
            }
        });
        table.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent click) {
                if (click.getClickCount() == 2) {
                    withSelected(opened);
                }
            }
        });
        correct.setName("lesionj.audit.correct");
        correct.setEnabled(false);
        correct.addActionListener(event -> withSelected(opened));
        add(legend(totals), BorderLayout.NORTH);
        add(new JScrollPane(table), BorderLayout.CENTER);
        add(below(), BorderLayout.SOUTH);
        setSize(WIDTH, HEIGHT);
        setDefaultCloseOperation(DISPOSE_ON_CLOSE);
    }

    private void withSelected(Consumer<AuditRows.Row> action) {
        if (table.getSelectedRow() >= 0) {
            action.accept(rows.row(table.convertRowIndexToModel(table.getSelectedRow())));
        }
    }

    private static JPanel legend(int[] totals) {
        JPanel legend = new JPanel(new FlowLayout(FlowLayout.LEADING, 2 * GAP, GAP));
        for (Verdict verdict : EXPLAINED) {
            if (verdict != Verdict.IGNORED || totals[verdict.ordinal()] > 0) {
                AuditStyle style = AuditStyle.of(verdict);
                String text = verdict.text() + " (" + style.lineText() + "): " + totals[verdict.ordinal()];
                legend.add(new JLabel(text, new Line(style), JLabel.LEADING));
            }
        }
        return legend;
    }

    private JPanel below() {
        JPanel below = new JPanel(new BorderLayout(GAP, GAP));
        below.setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, GAP));
        below.add(new JLabel(HINT), BorderLayout.CENTER);
        below.add(correct, BorderLayout.EAST);
        return below;
    }

    /** To the right of a window, or below it, where the screen has room. */
    void placeBeside(Window window) {
        Rectangle other = window.getBounds();
        Dimension screen = Toolkit.getDefaultToolkit().getScreenSize();
        boolean right = other.x + other.width + WIDTH <= screen.width;
        setLocation(right ? other.x + other.width : Math.max(0, screen.width - WIDTH),
            right ? other.y : Math.max(0, Math.min(other.y + other.height, screen.height - HEIGHT)));
    }

    /** A piece of a line as it is drawn around boxes. */
    private record Line(AuditStyle style) implements Icon {

        private static final int LENGTH = 36;
        private static final int ROOM = 14;

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            Graphics2D copy = (Graphics2D) graphics.create();
            copy.setColor(style.color());
            copy.setStroke(style.stroke(2));
            copy.drawLine(x, y + ROOM / 2, x + LENGTH, y + ROOM / 2);
            copy.dispose();
        }

        @Override
        public int getIconWidth() {
            return LENGTH;
        }

        @Override
        public int getIconHeight() {
            return ROOM;
        }
    }
}
