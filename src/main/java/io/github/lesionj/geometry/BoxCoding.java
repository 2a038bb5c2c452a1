package io.github.lesionj.geometry;

/**
 * How a detector with anchors says where a box is: by how far its centre lies from an anchor's, in anchor widths and heights, and by the
 * logarithm of how much wider and higher it is (Ren et al. 2015, arXiv:1506.01497, equation 2), each times a weight.
 *
 * @param centre of the offsets of the centre
 * @param extent of the logarithms
 */
public record BoxCoding(double centre, double extent) {

    /** Of a region proposal network. */
    public static final BoxCoding PROPOSALS = new BoxCoding(1, 1);

    /** Of the box head of Faster R-CNN. */
    public static final BoxCoding HEAD = new BoxCoding(10, 5);

    /** No box is wider than this many times its anchor, by the logarithm: an early network's exponents would overflow. */
    public static final double LARGEST = Math.log(1000.0 / 16);

    /** Four numbers that {@link #decode} turns back into the box. Neither box may be empty. */
    public double[] encode(Box box, Box anchor) {
        return new double[] {
            centre * (middle(box.x0(), box.x1()) - middle(anchor.x0(), anchor.x1())) / anchor.width(),
            centre * (middle(box.y0(), box.y1()) - middle(anchor.y0(), anchor.y1())) / anchor.height(),
            extent * Math.log(box.width() / anchor.width()),
            extent * Math.log(box.height() / anchor.height())};
    }

    /**
     * The box that a network means.
     *
     * @param code dx, dy, dw, dh
     */
    public Box decode(double[] code, Box anchor) {
        double x = middle(anchor.x0(), anchor.x1()) + code[0] / centre * anchor.width();
        double y = middle(anchor.y0(), anchor.y1()) + code[1] / centre * anchor.height();
        double width = anchor.width() * Math.exp(Math.min(LARGEST, code[2] / extent));
        double height = anchor.height() * Math.exp(Math.min(LARGEST, code[3] / extent));
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    private static double middle(double near, double far) {
        return near + (far - near) / 2;
    }
}
