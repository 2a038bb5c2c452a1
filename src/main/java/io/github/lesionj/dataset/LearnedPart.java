package io.github.lesionj.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of a data set a training learns from: of one that names splits never what is named validation or test.
 *
 * @param set     the part, or all
 * @param remarks what was decided, as sentences
 */
public record LearnedPart(LabelledSet set, List<String> remarks) {

    private static final String TRAIN = "train";
    private static final String TEST = "test";
    private static final List<String> VALIDATION = List.of("val", "validation", "valid");

    /**
     * The part where nothing else is asked for than the data set.
     *
     * @param all       what the reference names
     * @param reference by which it was opened
     */
    public static LearnedPart of(LabelledSet all, DataReference reference) {
        return of(all, reference, validationSplit(all, reference));
    }

    /** The split that a training is validated on where it is not told another; empty = none, a part is drawn. */
    public static String validationSplit(LabelledSet all, DataReference reference) {
        return !reference.split().isEmpty() ? "" : all.splits().stream().filter(LearnedPart::isValidation).findFirst().orElse("");
    }

    /** Whether a split is called as validation splits are. */
    static boolean isValidation(String split) {
        return VALIDATION.contains(split.toLowerCase(Locale.ROOT));
    }

    /**
     * The split to validate a training on, for a data set of which {@code #train} is asked for as well: that of the whole set.
     *
     * @param asked     what the reference names
     * @param reference by which it was opened
     * @param naming    with which it was opened
     * @return empty = there is none
     */
    public static String validationBeside(LabelledSet asked, DataReference reference, ClassNaming naming) {
        if (!reference.split().equalsIgnoreCase(TRAIN)) {
            return validationSplit(asked, reference);
        }
        DataReference whole = reference.withSplit("");
        return validationSplit(LabelledSets.open(whole, naming), whole);
    }

    /**
     * The part beside a validation split.
     *
     * @param validation the split, empty = none
     */
    static LearnedPart of(LabelledSet all, DataReference reference, String validation) {
        if (!reference.split().isEmpty() || all.splits().isEmpty()) {
            return new LearnedPart(all, List.of());
        }
        if (all.splits().stream().anyMatch(TRAIN::equalsIgnoreCase)) {
            return new LearnedPart(all.split(TRAIN), List.of("The data set names splits: only its split train is learned from."));
        }
        List<String> left = new ArrayList<>(List.of(TEST));
        if (!validation.isEmpty()) {
            left.add(0, validation);
        }
        return new LearnedPart(all.where(all.name(), item -> left.stream().noneMatch(item.split()::equalsIgnoreCase)),
            List.of("The data set names splits, but none is called train: everything outside " + String.join(" and ", left) + " is learned from."));
    }
}
