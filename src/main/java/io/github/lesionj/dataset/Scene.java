package io.github.lesionj.dataset;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import java.util.ArrayList;
import java.util.List;

/**
 * What a detector sees at once: a frame in which one image lies, or four, each at a scale and perhaps mirrored; what no image covers
 * is 0. Pixels and boxes are moved by the same numbers.
 *
 * @param width  of the frame, px
 * @param height of the frame, px
 * @param parts  in the order in which they are drawn; they do not overlap
 */
record Scene(int width, int height, List<Part> parts) {

    /** A box that is cut must keep this part of its area to count; of one that shows less nobody can say whether it must be found. */
    private static final double LEAST_PART = 0.25;
    /** Px; a smaller rest of a box is not learned either. */
    private static final double LEAST_EDGE = 2;

    /**
     * An image in the frame: its point (x, y) in px of the full image lies at left + scaleX * x, top + scaleY * y, before it is mirrored about
     * its own middle.
     *
     * @param image   index of the item
     * @param scaleX  px of the frame for a px of the full image
     * @param scaleY  likewise
     * @param left    edge of the image in the frame, px
     * @param top     likewise
     * @param mirrorX whether left and right change over
     * @param mirrorY whether top and bottom change over
     * @param clip    part of the frame that it may fill, whole px
     */
    record Part(int image, double scaleX, double scaleY, double left, double top, boolean mirrorX, boolean mirrorY, Box clip) {

        /** A box of the full image in the frame, not clipped. */
        Box moved(Box box, int fullWidth, int fullHeight) {
            double x0 = mirrorX ? fullWidth - box.x1() : box.x0();
            double x1 = mirrorX ? fullWidth - box.x0() : box.x1();
            double y0 = mirrorY ? fullHeight - box.y1() : box.y0();
            double y1 = mirrorY ? fullHeight - box.y0() : box.y1();
            return new Box(left + scaleX * x0, top + scaleY * y0, left + scaleX * x1, top + scaleY * y1);
        }

        /** What of the frame it covers. */
        Box covered(int fullWidth, int fullHeight) {
            return new Box(left, top, left + scaleX * fullWidth, top + scaleY * fullHeight).intersection(clip);
        }

        void draw(KeptImage kept, float[] frame, int offset, int frameWidth) {
            Box covered = covered(kept.fullWidth(), kept.fullHeight());
            Line across = Line.of((int) Math.ceil(covered.x0() - 0.5), (int) Math.ceil(covered.x1() - 0.5), left, scaleX * kept.fullWidth() / kept.width(),
                kept.width(), mirrorX);
            Line down = Line.of((int) Math.ceil(covered.y0() - 0.5), (int) Math.ceil(covered.y1() - 0.5), top, scaleY * kept.fullHeight() / kept.height(),
                kept.height(), mirrorY);
            int channels = kept.channels();
            for (int row = 0; row < down.count(); row++) {
                int upper = down.near[row] * kept.width() * channels;
                int lower = down.far[row] * kept.width() * channels;
                float below = down.share[row];
                int at = offset + ((down.first + row) * frameWidth + across.first) * channels;
                for (int column = 0; column < across.count(); column++) {
                    int near = across.near[column] * channels;
                    int far = across.far[column] * channels;
                    float beside = across.share[column];
                    for (int channel = 0; channel < channels; channel++) {
                        float high = kept.value(upper + near + channel) * (1 - beside) + kept.value(upper + far + channel) * beside;
                        float deep = kept.value(lower + near + channel) * (1 - beside) + kept.value(lower + far + channel) * beside;
                        frame[at++] = high * (1 - below) + deep * below;
                    }
                }
            }
        }
    }

    /**
     * Where the pixels of a row or column come from: between two neighbours.
     *
     * @param first px of the frame
     */
    private record Line(int first, int[] near, int[] far, float[] share) {

        static Line of(int first, int end, double origin, double scale, int length, boolean mirrored) {
            int count = Math.max(0, end - first);
            int[] near = new int[count];
            int[] far = new int[count];
            float[] share = new float[count];
            for (int i = 0; i < count; i++) {
                double from = (first + i + 0.5 - origin) / scale;
                double at = Math.max(0, Math.min(length - 1, (mirrored ? length - from : from) - 0.5));
                near[i] = (int) at;
                far[i] = Math.min(length - 1, near[i] + 1);
                share[i] = (float) (at - near[i]);
            }
            return new Line(first, near, far, share);
        }

        int count() {
            return near.length;
        }
    }

    /** A box in the frame, or one that is not to be learned from. */
    record Placed(Box box, int label) {
    }

    /**
     * The boxes of a part in the frame.
     *
     * @param ignored label of boxes that are not to be learned from: such by their role, and those of which too little is seen
     */
    List<Placed> boxes(Part part, List<TrueBox> truth, int fullWidth, int fullHeight, int ignored) {
        Box covered = part.covered(fullWidth, fullHeight);
        List<Placed> placed = new ArrayList<>();
        for (TrueBox each : truth) {
            Box whole = part.moved(each.box(), fullWidth, fullHeight);
            Box seen = whole.intersection(covered);
            if (!seen.isEmpty()) {
                boolean enough = seen.area() >= LEAST_PART * whole.area()
                    && (Math.min(seen.width(), seen.height()) >= LEAST_EDGE || seen.area() >= whole.area() - 1e-9);
                placed.add(new Placed(seen, enough && each.role() == TrueBox.Role.COUNTED ? each.label() : ignored));
            }
        }
        return placed;
    }
}
