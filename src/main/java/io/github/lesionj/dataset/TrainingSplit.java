package io.github.lesionj.dataset;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a network learns from and what it is selected on, checked: every class is there, no group and no image is in both.
 *
 * @param training   its {@code rejected} lists all that was left out, of both
 * @param validation with the same classes and label kind
 * @param remarks    what was decided on the way, as sentences for the log and the ledger
 */
public record TrainingSplit(LabelledSet training, LabelledSet validation, List<String> remarks) {

    /** A few doubled images happen even in published sets; more than this share of the validation is a mistake. */
    private static final double TOLERATED_DOUBLES = 0.1;

    /**
     * Opens training and validation data as the keys {@code data} and {@code validation} name them.
     *
     * @param data       a path, or {@code PATH#split}; of a set that has a split {@code train}, only that is learned from
     * @param validation {@code #split} of the same path, a fraction such as 0.2 (stratified, groups kept together, seeded),
     *                   another set, or empty: the split {@code val} where {@code data} has one, else 0.2
     * @throws UsageException what is wrong with the data, in one sentence
     */
    public static TrainingSplit open(String data, String validation, ClassNaming naming, long seed, Progress progress) {
        TrainingSource source = TrainingSource.open(data, validation, naming);
        List<String> remarks = new ArrayList<>(source.remarks());
        if (source.validation() == null) {
            return drawn(source.training(), ItemGroups.of(source.training().items(), progress), source.fraction(), seed, remarks);
        }
        return checked(source.training(), source.validation(), progress, remarks);
    }

    /** Draws the validation from a set; its groups are those given. */
    static TrainingSplit drawn(LabelledSet set, ItemGroups groups, double fraction, long seed, List<String> remarks) {
        Set<LabelledItem> drawn = StratifiedSplit.draw(groups, set.classNames().size(), fraction, seed);
        LabelledSet training = set.where(set.name(), item -> !drawn.contains(item));
        LabelledSet validation = set.where(set.name(), drawn::contains);
        if (drawn.isEmpty()) {
            throw new UsageException("The data set " + set.name() + " cannot be divided: all its " + set.size()
                + " images belong together. Give other images as validation.");
        }
        TrainingChecks.learnable(training);
        remarks.add(drawn.size() + " of " + set.size() + " images were drawn for validation, by class"
            + (set.items().stream().allMatch(item -> item.group().isEmpty()) ? "" : " and group") + ", with seed " + seed + ".");
        return new TrainingSplit(training, validation, List.copyOf(remarks));
    }

    /** A training and a validation set of different origin: no group is in both, and the same image is left out of training. */
    static TrainingSplit checked(LabelledSet training, LabelledSet validation, Progress progress, List<String> remarks) {
        TrainingChecks.noSharedGroup(training, validation);
        List<ContentDuplicates.Pair> doubles =
            ContentDuplicates.between(training.items(), validation.items(), progress);
        LabelledSet kept = doubles.isEmpty() ? training : without(doubles, training, validation, remarks);
        TrainingChecks.learnable(kept);
        LabelKind kind = kept.labelKind() == LabelKind.MULTI_LABEL ? kept.labelKind() : validation.labelKind();
        List<RejectedItem> others = validation.rejected().stream().filter(item -> !kept.rejected().contains(item)).toList();
        return new TrainingSplit(kept.rejecting(others).withKind(kind), validation.withKind(kind), List.copyOf(remarks));
    }

    private static LabelledSet without(List<ContentDuplicates.Pair> doubles, LabelledSet training, LabelledSet validation,
            List<String> remarks) {
        Map<LabelledItem, LabelledItem> twins = new HashMap<>();
        doubles.forEach(pair -> twins.put(pair.item(), pair.earlier()));
        int leaked = new HashSet<>(twins.values()).size();
        String names = Listing.of(doubles.stream().map(pair -> pair.item().name() + " = " + pair.earlier().name()).toList());
        if (leaked > TOLERATED_DOUBLES * validation.size()) {
            throw new UsageException("The same image is in training and in validation, " + leaked + " of " + validation.size()
                + " validation images: " + names + ". Take them out of one of the two.");
        }
        remarks.add("The same image is in training and in validation: " + names + ". It was left out of training ("
            + doubles.size() + " of " + training.size() + ").");
        return training.where(training.name(), item -> !twins.containsKey(item)).rejecting(doubles.stream()
            .map(pair -> new RejectedItem(pair.item().name(), "also in validation as " + pair.earlier().name())).toList());
    }
}
