package io.github.lesionj.image;

/** Grey by Rec. 601 from three planes: 0.299 R + 0.587 G + 0.114 B, in floating point, without rounding to 8 bit. */
final class GreyRows implements Rows {

    private final Rows red;
    private final Rows green;
    private final Rows blue;
    private float[] greenRow = new float[0];
    private float[] blueRow = new float[0];

    GreyRows(Rows red, Rows green, Rows blue) {
        this.red = red;
        this.green = green;
        this.blue = blue;
    }

    @Override
    public void read(int x, int y, int count, float[] row) {
        if (greenRow.length < count) {
            greenRow = new float[count];
            blueRow = new float[count];
        }
        red.read(x, y, count, row);
        green.read(x, y, count, greenRow);
        blue.read(x, y, count, blueRow);
        for (int i = 0; i < count; i++) {
            row[i] = (float) (0.299 * row[i] + 0.587 * greenRow[i] + 0.114 * blueRow[i]);
        }
    }
}
