package io.github.lesionj.dataset;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    private static final String TRAIN = "train";
    private static final List<String> VALIDATION = List.of("val", "validation", "valid");
    private static final String DEFAULT_FRACTION = "0.2";
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
        List<String> remarks = new ArrayList<>();
        DataReference reference = DataReference.parse(data);
        LabelledSet all = LabelledSets.open(reference, naming);
        String wanted = validation.strip().isEmpty() ? defaultValidation(all, reference) : validation.strip();
        LabelledSet training = trainingPart(all, reference, wanted, remarks);
        TrainingChecks.learnable(training);
        if (isFraction(wanted)) {
            return divided(training, fraction(wanted), seed, progress, remarks);
        }
        LabelledSet validating = LabelledSets.open(wanted.startsWith("#") && !Files.exists(Path.of(wanted))
            ? reference.withSplit(wanted.substring(1)) : DataReference.parse(wanted), new ClassNaming(all.classNames()));
        TrainingChecks.notEmpty(validating);
        return checked(training, validating, progress, remarks);
    }

    private static String defaultValidation(LabelledSet all, DataReference reference) {
        if (!reference.split().isEmpty()) {
            return DEFAULT_FRACTION;
        }
        return all.splits().stream().filter(split -> VALIDATION.contains(split.toLowerCase(Locale.ROOT))).findFirst()
            .map(split -> "#" + split).orElse(DEFAULT_FRACTION);
    }

    /** The part of a set that may be learned from: never what is named validation or test. */
    private static LabelledSet trainingPart(LabelledSet all, DataReference reference, String validation, List<String> remarks) {
        if (!reference.split().isEmpty() || all.splits().isEmpty()) {
            return all;
        }
        if (all.splits().stream().anyMatch(TRAIN::equalsIgnoreCase)) {
            remarks.add("The data set names splits: only its split train is learned from.");
            return all.split(TRAIN);
        }
        String left = validation.startsWith("#") ? validation.substring(1) : "";
        remarks.add("The data set names splits, but none is called train: everything outside "
            + (left.isEmpty() ? "test" : left + " and test") + " is learned from.");
        return all.where(all.name(), item -> !item.split().equalsIgnoreCase(left) && !item.split().equalsIgnoreCase("test"));
    }

    private static boolean isFraction(String validation) {
        return validation.matches("[-+]?\\d*[.,]?\\d+(%|[eE][-+]?\\d+)?") && !Files.exists(Path.of(validation));
    }

    private static double fraction(String validation) {
        double fraction = validation.matches("[-+\\d.eE]+") ? Double.parseDouble(validation) : Double.NaN;
        if (!(fraction > 0 && fraction < 1)) {
            throw new UsageException("validation=" + validation + " is no fraction of the data: write a number between 0 and 1 "
                + "with a dot, such as 0.2, or #split, or a path.");
        }
        return fraction;
    }

    private static TrainingSplit divided(LabelledSet set, double fraction, long seed, Progress progress, List<String> remarks) {
        Set<LabelledItem> drawn = StratifiedSplit.draw(set, fraction, seed, progress);
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

    private static TrainingSplit checked(LabelledSet training, LabelledSet validation, Progress progress, List<String> remarks) {
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
