package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.geometry.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnchorSuggestionTest {

    @Test
    void clustersAreFoundAgain() {
        double[] sizes = {4, 6, 9, 14, 21, 32, 48, 72, 108};
        SplittableRandom random = new SplittableRandom(4);
        List<Box> boxes = new ArrayList<>();
        for (double size : sizes) {
            for (double ratio : new double[] {0.5, 1, 2}) {
                for (int i = 0; i < 20; i++) {
                    double some = size * (0.97 + 0.06 * random.nextDouble());
                    boxes.add(Box.ofSize(random.nextDouble(), 5, some / Math.sqrt(ratio), some * Math.sqrt(ratio)));
                }
            }
        }
        AnchorSuggestion found = AnchorSuggestion.of(boxes, 1);
        double[] all = Arrays.stream(found.sizes()).flatMapToDouble(Arrays::stream).toArray();
        for (int i = 0; i < sizes.length; i++) {
            assertEquals(sizes[i], all[i], 0.15 * sizes[i], Arrays.toString(all));
        }
        assertEquals(0.5, found.ratios()[0], 0.05);
        assertEquals(1, found.ratios()[1], 0.05);
        assertEquals(2, found.ratios()[2], 0.1);
        assertEquals(1, found.coverage());
        assertTrue(found.mean() > 0.9, "mean " + found.mean());
        assertEquals(3, found.sizesText().split(";").length);
    }

    /** One shape alone: every centre is that shape, and every box is covered. */
    @Test
    void oneShape() {
        AnchorSuggestion found = AnchorSuggestion.of(List.of(Box.ofSize(3, 3, 10, 40), Box.ofSize(8, 1, 10, 40), Box.ofSize(8, 1, 0, 40)), 1);
        assertEquals("20.0,20.0,20.0;20.0,20.0,20.0;20.0,20.0,20.0", found.sizesText());
        assertEquals("4.00,4.00,4.00", found.ratiosText());
        assertEquals(1, found.mean(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> AnchorSuggestion.of(List.of(Box.ofSize(1, 1, 0, 4)), 1));
    }
}
