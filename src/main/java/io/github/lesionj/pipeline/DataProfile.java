package io.github.lesionj.pipeline;

import io.github.lesionj.dataset.ClassBalance;
import java.util.List;
import java.util.Locale;

/**
 * What must be known of a labelled set to say how to train on it.
 *
 * @param data           as the user named it
 * @param balance        items of each class
 * @param multiLabel     whether an item may have several classes
 * @param groups         different groups (patients), 0 where none are named
 * @param smallestSupply items, or groups where there are, of the class that has the fewest
 * @param sites          different sites, 0 where none are named
 * @param splits         that are named, in alphabetical order
 * @param training       items that may be learned from: the split train where there is one
 * @param sample         what the images themselves show
 */
public record DataProfile(String data, ClassBalance balance, boolean multiLabel, int groups, int smallestSupply, int sites,
        List<String> splits, int training, Sample sample) {

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

    public int items() {
        return balance.items();
    }

    public int classes() {
        return balance.classes().size();
    }

    /** A split to select the best epoch on, without {@code #}; empty where none is named. */
    public String validationSplit() {
        return splits.stream().filter(split -> List.of("val", "valid", "validation").contains(split.toLowerCase(Locale.ROOT)))
            .findFirst().orElse("");
    }
}
