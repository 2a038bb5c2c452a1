package io.github.lesionj.dataset;

import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The data of a cross-validation, checked.
 *
 * <p>In each fold three parts are apart: the items that are held out and judged, the validation that the best epoch is chosen
 * on, and the items that are learned from. The validation is drawn from what is not held out, exactly as a single training
 * draws its own, or is a set of its own where the key {@code validation} names one. So no choice is made on a judged item:
 * a best epoch that was chosen on the held-out items would make their figures too good, and the last epoch, the other
 * honest way, would leave early stopping nothing to look at and keep what a late epoch has spoilt.
 *
 * @param all       everything that is held out once; its {@code rejected} lists all that was left out
 * @param selection the set of its own that all folds choose their best epoch on, where there is one
 * @param folds     in order
 * @param remarks   what was decided on the way, as sentences for the log and the ledger
 */
public record FoldedSet(LabelledSet all, Optional<LabelledSet> selection, List<Fold> folds, List<String> remarks) {

    /**
     * One fold.
     *
     * @param number  from 1
     * @param name    of the site that it holds out; empty where folds are not by site
     * @param split   what its network learns from and is selected on
     * @param heldOut what it is judged on
     */
    public record Fold(int number, String name, TrainingSplit split, LabelledSet heldOut) {
    }

    /**
     * Opens the data as {@link TrainingSplit#open} does, and divides what may be learned from.
     *
     * @throws UsageException what is wrong with the data, in one sentence; also where a fold would have nothing to learn from
     */
    public static FoldedSet open(String data, String validation, ClassNaming naming, FoldRule rule, long seed, Progress progress) {
        TrainingSource source = TrainingSource.open(data, validation, naming);
        List<String> remarks = new ArrayList<>(source.remarks());
        LabelledSet all = source.training();
        Optional<LabelledSet> selection = Optional.empty();
        if (source.validation() != null) {
            TrainingSplit apart = TrainingSplit.checked(all, source.validation(), progress, remarks);
            all = apart.training();
            selection = Optional.of(apart.validation());
            remarks = new ArrayList<>(apart.remarks());
        }
        ItemGroups groups = ItemGroups.of(all.items(), progress);
        Folds divided = rule.by() == FoldRule.By.SITE ? Folds.bySite(all, groups, rule.folds())
            : Folds.byGroup(all, groups, rule.folds(), seed);
        remarks.addAll(divided.remarks());
        List<Fold> folds = new ArrayList<>();
        for (Folds.Fold fold : divided.folds()) {
            LabelledSet learned = all.where(all.name(), fold.learned()::contains);
            TrainingSplit split = selection.isPresent() ? new TrainingSplit(learned, selection.get(), List.of())
                : drawn(learned, groups, fold, source.fraction(), seed);
            folds.add(new Fold(fold.number(), fold.name(), split, all.where(all.name(), fold.heldOut()::contains)));
        }
        remarks.add(all.size() + " images are divided into " + folds.size() + " folds, "
            + (rule.by() == FoldRule.By.SITE ? "one for each site" : "by class"
                + (all.items().stream().allMatch(item -> item.group().isEmpty()) ? "" : " and group") + ", with seed " + seed)
            + "; each is judged by the network that learned from none of it.");
        return new FoldedSet(all, selection, List.copyOf(folds), List.copyOf(remarks));
    }

    private static TrainingSplit drawn(LabelledSet learned, ItemGroups groups, Folds.Fold fold, double fraction, long seed) {
        try {
            return TrainingSplit.drawn(learned, groups.where(fold.learned()::contains), fraction, seed, new ArrayList<>());
        } catch (UsageException e) {
            throw new UsageException("Without fold " + fold.number() + (fold.name().isEmpty() ? "" : " (" + fold.name() + ")")
                + ", too little is left: " + e.getMessage(), e);
        }
    }
}
