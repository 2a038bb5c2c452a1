package io.github.lesionj.image;

/** Passes rows on and remembers how many values were not finite, and the range of the others. */
final class CheckedRows implements Rows {

    private final Rows rows;
    long notFinite;
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;

    CheckedRows(Rows rows) {
        this.rows = rows;
    }

    @Override
    public void read(int x, int y, int count, float[] row) {
        rows.read(x, y, count, row);
        for (int i = 0; i < count; i++) {
            check(row[i]);
        }
    }

    private void check(float value) {
        if (!Float.isFinite(value)) {
            notFinite++;
            return;
        }
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
    }
}
