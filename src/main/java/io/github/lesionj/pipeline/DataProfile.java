package io.github.lesionj.pipeline;

import io.github.lesionj.dataset.ClassBalance;
import java.util.SortedMap;

/**
 * What must be known of a labelled set to say how to train on it. All but the splits is about what would be learned from: of a
 * set that names splits not what is named validation or test.
 *
 * @param data           as the user named it
 * @param balance        items of each class
 * @param multiLabel     whether an item may have several classes
 * @param groups         different groups (patients), 0 where none are named
 * @param smallestSupply items, or groups where there are, of the class that has the fewest
 * @param sites          different sites, 0 where none are named
 * @param splits         that are named, with their items; an empty name is that of the rest
 * @param validation     split to select the best epoch on, without {@code #}; empty where none is named
 * @param sample         what the images themselves show
 */
public record DataProfile(String data, ClassBalance balance, boolean multiLabel, int groups, int smallestSupply, int sites,
        SortedMap<String, Integer> splits, String validation, Sample sample) {

    /**
     * What a sample of the images shows.
     *
     * @param read       how many could be looked at
     * @param unreadable how many could not
     * @param edge       short edge of the median image in px
     * @param smallest   shortest edge in px
     * @param largest    longest edge in px
     * @param channels   most of any image
     * @param bits       most per channel of any image
     * @param colour     whether any image has colours; false where all are grey, also when stored as RGB
     */
    public record Sample(int read, int unreadable, int edge, int smallest, int largest, int channels, int bits, boolean colour) {
    }

    /** Items to learn from. */
    public int items() {
        return balance.items();
    }

    public int classes() {
        return balance.classes().size();
    }

    /** Items of the splits that are not learned from. */
    public int others() {
        return Math.max(0, splits.values().stream().mapToInt(Integer::intValue).sum() - items());
    }
}
