package io.github.lesionj.results;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Boxes to write and read again. */
final class SampleBoxes {

    /** Names that formats have trouble with; none with a semicolon or a line break, which no model's classes have. */
    static final List<String> ODD = List.of("RBC", "a \"b\", c", "Gef\u00e4\u00df", "grade 1", "grade 10", "T 0.5", "x-3", "it's & <b>", "C:\\n", "50 %");

    private SampleBoxes() {
    }

    static ScoredBox box(double x0, double y0, double x1, double y1, int label, double score) {
        return new ScoredBox(new Box(x0, y0, x1, y1), label, score);
    }

    /** Of any size and place, whole or with any fraction. */
    static List<ScoredBox> random(int count, int width, int height, int classes, long seed) {
        Random random = new Random(seed);
        List<ScoredBox> boxes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble() * (width - 1);
            double y = random.nextDouble() * (height - 1);
            double w = 0.01 + random.nextDouble() * (width - x - 0.01);
            double h = 0.01 + random.nextDouble() * (height - y - 0.01);
            boolean whole = i % 5 == 0;
            boxes.add(whole ? box(Math.floor(x), Math.floor(y), Math.ceil(x + w), Math.ceil(y + h), i % classes, random.nextDouble())
                : box(x, y, x + w, y + h, i % classes, random.nextDouble()));
        }
        return boxes;
    }

    /** At each edge and corner of an image, over all of it, and smaller than a pixel. */
    static List<ScoredBox> atEdges(int width, int height) {
        return List.of(box(0, 0, width, height, 0, 1), box(0, 0, 1, 1, 0, 0), box(width - 1, height - 1, width, height, 0, 0.5),
            box(0.25, 0, 0.75, 0.5, 0, 0.123456), box(width - 0.5, 3, width, 3.0625, 0, 0.005), box(2, height - 0.3333, 5, height, 0, 0.995));
    }
}
