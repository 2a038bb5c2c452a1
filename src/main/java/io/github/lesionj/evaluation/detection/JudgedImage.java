package io.github.lesionj.evaluation.detection;

import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TrueBox;
import java.util.List;

/**
 * What is on an image, and what was found.
 *
 * @param name  of the image
 * @param truth every object, none on a normal image
 * @param found every box, in any order
 */
public record JudgedImage(String name, List<TrueBox> truth, List<ScoredBox> found) {

    public JudgedImage {
        truth = List.copyOf(truth);
        found = List.copyOf(found);
    }
}
