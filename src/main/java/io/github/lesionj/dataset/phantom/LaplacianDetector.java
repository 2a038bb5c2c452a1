package io.github.lesionj.dataset.phantom;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.Boxes;
import io.github.lesionj.geometry.NonMaximumSuppression;
import io.github.lesionj.geometry.ScoredBox;
import java.util.ArrayList;
import java.util.List;

/**
 * The baseline without learning that states how hard phantoms with small lesions are: bright blobs, which are the largest responses of a
 * scale-normalised Laplacian of Gaussian among their neighbours in place and scale (Lindeberg 1998, 10.1023/A:1008045108935).
 */
public final class LaplacianDetector {

    /** Radii of lesions, px, that the scales answer to best: a lesion of radius r at r / 2.5. */
    private static final double[] RADII = {1.6, 2, 2.5, 3.1, 3.9, 4.9};
    private static final double RADIUS_OF_SCALE = 2.5;
    private static final double OVERLAP = 0.3;
    private static final int MOST = 200;

    private LaplacianDetector() {
    }

    /** Blobs by descending response, as the score, in grey levels. */
    public static List<ScoredBox> detect(BoxPhantom phantom) {
        int width = phantom.width();
        int height = phantom.height();
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = phantom.pixels()[i] & 0xff;
        }
        double[][] responses = new double[RADII.length][];
        for (int s = 0; s < RADII.length; s++) {
            responses[s] = LaplacianBaseline.responses(values, width, height, RADII[s] / RADIUS_OF_SCALE);
        }
        List<ScoredBox> found = new ArrayList<>();
        // the first and the last scale only bound the others
        for (int s = 1; s + 1 < RADII.length; s++) {
            for (int y = 1; y < height - 1; y++) {
                for (int x = 1; x < width - 1; x++) {
                    if (isLargest(responses, s, y * width + x, width)) {
                        double r = RADII[s];
                        found.add(new ScoredBox(new Box(x + 0.5 - r, y + 0.5 - r, x + 0.5 + r, y + 0.5 + r), 0, responses[s][y * width + x]));
                    }
                }
            }
        }
        return suppressed(found);
    }

    private static boolean isLargest(double[][] responses, int scale, int at, int width) {
        double own = responses[scale][at];
        for (int s = scale - 1; s <= scale + 1; s++) {
            for (int dy = -width; dy <= width; dy += width) {
                for (int dx = -1; dx <= 1; dx++) {
                    if (responses[s][at + dy + dx] > own) {
                        return false;
                    }
                }
            }
        }
        return own > 0;
    }

    private static List<ScoredBox> suppressed(List<ScoredBox> found) {
        float[] scores = new float[found.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) found.get(i).score();
        }
        List<ScoredBox> kept = new ArrayList<>();
        for (int i : new NonMaximumSuppression(OVERLAP, MOST).keep(Boxes.of(found.stream().map(ScoredBox::box).toList()), scores)) {
            kept.add(found.get(i));
        }
        return kept;
    }
}
