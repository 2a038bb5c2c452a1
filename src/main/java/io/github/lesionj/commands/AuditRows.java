package io.github.lesionj.commands;

import io.github.lesionj.evaluation.detection.AuditedBox;
import io.github.lesionj.results.AuditedItem;
import java.util.ArrayList;
import java.util.List;
import javax.swing.table.AbstractTableModel;

/** The boxes of an audit as the rows of a table, in px of their images. */
final class AuditRows extends AbstractTableModel {

    private static final long serialVersionUID = 1L;
    private static final List<String> COLUMNS = List.of("image", "verdict", "class", "score", "x", "y", "width", "height");
    private static final int TEXTS = 3;
    private static final double TENTHS = 10;

    private final transient List<String> classNames;
    private final transient List<Row> rows = new ArrayList<>();

    /**
     * A row.
     *
     * @param slice of its image, from 1
     */
    record Row(int slice, AuditedItem item, AuditedBox box) {
    }

    /** The boxes of items, which stand in the order of the slices. */
    AuditRows(List<AuditedItem> items, List<String> classNames) {
        this.classNames = classNames;
        for (int i = 0; i < items.size(); i++) {
            for (AuditedBox box : items.get(i).image().boxes()) {
                rows.add(new Row(i + 1, items.get(i), box));
            }
        }
    }

    Row row(int index) {
        return rows.get(index);
    }

    @Override
    public int getRowCount() {
        return rows.size();
    }

    @Override
    public int getColumnCount() {
        return COLUMNS.size();
    }

    @Override
    public String getColumnName(int column) {
        return COLUMNS.get(column);
    }

    /** Numbers are sorted as numbers. */
    @Override
    public Class<?> getColumnClass(int column) {
        return column < TEXTS ? String.class : Double.class;
    }

    @Override
    public Object getValueAt(int index, int column) {
        AuditedBox box = rows.get(index).box();
        return switch (column) {
            case 0 -> rows.get(index).item().item().path();
            case 1 -> box.verdict().text();
            case 2 -> classNames.get(box.label());
            case 3 -> Double.isNaN(box.score()) ? null : (Double) (Math.rint(box.score() * 1000) / 1000);
            case 4 -> Math.rint(box.box().x0() * TENTHS) / TENTHS;
            case 5 -> Math.rint(box.box().y0() * TENTHS) / TENTHS;
            case 6 -> Math.rint(box.box().width() * TENTHS) / TENTHS;
            default -> Math.rint(box.box().height() * TENTHS) / TENTHS;
        };
    }
}
