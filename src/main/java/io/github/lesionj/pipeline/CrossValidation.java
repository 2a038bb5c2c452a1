package io.github.lesionj.pipeline;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.Augmentation;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.FoldRule;
import io.github.lesionj.dataset.FoldedSet;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.dataset.TrainingItems;
import io.github.lesionj.evaluation.ClassificationMetrics;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.ModelName;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingListener.EpochReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trains one network for each fold of a set, judges each on the fold that it did not see, and writes their mean as one package.
 *
 * <p>Every member is an ordinary training, with a validation of its own that its best epoch is chosen on (see
 * {@link FoldedSet}), in {@code OUTPUT/folds/K}; all start from the same seed. Images are read and brought to the network's
 * input once for all folds, and kept as far as memory reaches. A fold that has ended (see
 * {@link FoldMark}) is taken and not repeated.
 */
public final class CrossValidation {

    private static final int LONGEST_NAME = 54;

    /**
     * One fold that has ended.
     *
     * @param fold      its data
     * @param model     {@code OUTPUT/folds/K/model}
     * @param metrics   on the images that it held out
     * @param bestEpoch whose weights it has, from 1
     * @param history   of its training; empty where an earlier run's was taken
     */
    public record Member(FoldedSet.Fold fold, ModelPackage model, ClassificationMetrics metrics, int bestEpoch,
            List<EpochReport> history) {

        /** Where it lies. */
        public Path folder() {
            return model.folder().getParent();
        }
    }

    /**
     * What came of a cross-validation.
     *
     * @param model   the mean of the members, {@code OUTPUT/model}
     * @param pooled  over all images, each judged by the member that held it out
     * @param members in the order of the folds
     */
    public record Result(ModelPackage model, ClassificationMetrics pooled, List<Member> members) {
    }

    /** Hears of the folds. */
    public interface Listener {

        /** Before a fold is trained; what it gives hears of the epochs. */
        TrainingListener training(FoldedSet.Fold fold);

        /** After a fold was trained, or taken. */
        void ended(Member member);
    }

    private final TrainingRequest request;
    private final Backend backend;
    private final ItemReader reader;
    private final ImageFiles files;
    private final FoldedSet data;

    private CrossValidation(TrainingRequest request, Backend backend, ImageFiles files, FoldedSet data) {
        this.request = request;
        this.backend = backend;
        this.files = files;
        this.reader = new ItemReader(files, 0);
        this.data = data;
    }

    /** Reads, checks and divides the data; nothing is written yet. */
    public static CrossValidation prepare(TrainingRequest request, FoldRule rule, Backend backend, ImageFiles files, Progress progress) {
        ModelName.checked(request.model().name());
        Augmentation.parse(request.data().augment());
        progress.report(0, 0, "Reading " + request.data().data());
        FoldedSet folded = FoldedSet.open(request.data().data(), request.data().validation(),
            new ClassNaming(request.data().classNames()), rule, request.seed(), progress);
        new TrainClassifier(request, backend, files, folded.folds().get(0).split()).checkSettings();
        return new CrossValidation(request, backend, files, folded);
    }

    /** The checked data. */
    public FoldedSet data() {
        return data;
    }

    /**
     * Trains what is not trained yet, and writes the package of all.
     *
     * @param run receives every image as a row, judged by the network that held it out; stays the caller's to finish
     * @throws CancelledException where the user cancelled; the folds that have ended stay
     * @throws LesionJException   where a fold cannot be trained, naming it
     */
    public Result run(ResultRun run, Listener listener, Progress progress) {
        if (!request.place().resume()) {
            forget();
        }
        InputRule rule = rule();
        Items items = read(rule, progress);
        for (RejectedItem item : items.unreadable()) {
            run.ledger().plan(1);
            run.fail(new Failure(ItemKey.of(item.name()).path(), "read", item.reason()));
        }
        List<Member> members = new ArrayList<>();
        List<Classification> rows = new ArrayList<>();
        List<LabelledItem> judged = new ArrayList<>();
        for (FoldedSet.Fold fold : data.folds()) {
            TrainingItems heldOut = heldOut(fold, items);
            Member member = member(fold, heldOut, items, rule, run, listener, rows,
                new FoldProgress(progress, fold.number(), data.folds().size()));
            members.add(member);
            judged.addAll(heldOut.set().items());
            listener.ended(member);
        }
        LabelledSet all = data.all();
        ClassificationMetrics pooled = HeldOut.metrics(rows, new LabelledSet(all.name(), judged, all.classNames(), all.labelKind(),
            List.of()), members.get(0).model().card());
        EnsemblePackage ensemble = new EnsemblePackage(request, data, backend);
        progress.report(0, 0, "Writing the mean of the networks");
        return new Result(ensemble.write(members, pooled), pooled, List.copyOf(members));
    }

    /**
     * Refuses to take this cross-validation, which has ended in its folder, where it would now learn from other images, labels or
     * initial weights; all images are read for that.
     */
    public void requireSameInputs(Progress progress) {
        InputRule rule = rule();
        Items items = read(rule, progress);
        for (FoldedSet.Fold fold : data.folds()) {
            SplitData split = split(fold, items, rule);
            try {
                new FoldMark(folder(fold)).requireSameInputs(split, heldOut(fold, items), identity(fold, split, rule));
            } catch (UsageException e) {
                throw new UsageException(named(fold) + e.getMessage(), e);
            }
        }
    }

    private InputRule rule() {
        NetworkRequest network = request.network();
        return new InputRuleChoice(data.all(), reader, network.channels())
            .choose(network.size(), network.channels(), network.resize(), network.intensity());
    }

    private static TrainingItems heldOut(FoldedSet.Fold fold, Items items) {
        return items.all.part(new HashSet<>(fold.heldOut().items()));
    }

    private String named(FoldedSet.Fold fold) {
        return "Fold " + fold.number() + " of " + data.folds().size() + (fold.name().isEmpty() ? "" : " (" + fold.name() + ")") + ": ";
    }

    /** The marks of an earlier run; checkpoints are dropped by each training. */
    private void forget() {
        for (FoldedSet.Fold fold : data.folds()) {
            new FoldMark(folder(fold)).delete();
        }
    }

    private Path folder(FoldedSet.Fold fold) {
        return request.place().output().resolve("folds").resolve(Integer.toString(fold.number()));
    }

    /** Everything that was read, once for all folds. */
    private record Items(TrainingItems all, Optional<TrainingItems> selection) {

        List<RejectedItem> unreadable() {
            List<RejectedItem> unreadable = new ArrayList<>(all.unreadable());
            selection.ifPresent(items -> unreadable.addAll(items.unreadable()));
            return unreadable;
        }
    }

    private Items read(InputRule rule, Progress progress) {
        long memory = SplitData.memory() / (data.selection().isPresent() ? 2 : 1);
        TrainingItems all = SplitData.load(data.all(), reader, rule, memory, progress);
        Optional<TrainingItems> selection = data.selection().map(set -> SplitData.load(set, reader, rule, memory, progress));
        return new Items(all, selection);
    }

    private Member member(FoldedSet.Fold fold, TrainingItems heldOut, Items items, InputRule rule, ResultRun run, Listener listener,
            List<Classification> rows, Progress progress) {
        try {
            progress.checkCancelled();
            if (heldOut.size() == 0) {
                throw new LesionJException("none of the images that it holds out can be read.");
            }
            SplitData split = split(fold, items, rule);
            FoldMark mark = new FoldMark(folder(fold));
            if (mark.exists()) {
                mark.requireSame(split, heldOut, identity(fold, split, rule));
                return taken(fold, heldOut, run, rows, progress);
            }
            return trained(fold, heldOut, split, rule, run, listener, rows, progress);
        } catch (CancelledException e) {
            throw e;
        } catch (UsageException e) {
            throw new UsageException(named(fold) + e.getMessage(), e);
        } catch (LesionJException e) {
            throw new LesionJException(named(fold) + e.getMessage(), e);
        }
    }

    private Member taken(FoldedSet.Fold fold, TrainingItems heldOut, ResultRun run, List<Classification> rows, Progress progress) {
        ModelPackage model = new PackageReader().open(folder(fold).resolve("model"));
        List<Classification> found = HeldOut.judge(model, heldOut, true, backend, request.place().device(), run, progress);
        rows.addAll(found);
        Object best = model.card().training().get("best_epoch");
        return new Member(fold, model, HeldOut.metrics(found, heldOut.set(), model.card()), best instanceof Number epoch ? epoch.intValue() : 0,
            List.of());
    }

    private SplitData split(FoldedSet.Fold fold, Items items, InputRule rule) {
        TrainingItems training = items.all.part(new HashSet<>(fold.split().training().items()));
        training.requireLearnable();
        Set<LabelledItem> validation = new HashSet<>(fold.split().validation().items());
        return new SplitData(training, items.selection.orElseGet(() -> items.all.part(validation)), rule,
            Augmentation.parse(request.data().augment()));
    }

    private Member trained(FoldedSet.Fold fold, TrainingItems heldOut, SplitData split, InputRule rule, ResultRun run, Listener listener,
            List<Classification> rows, Progress progress) {
        TrainingListener epochs = listener.training(fold);
        TrainClassifier trainer = new TrainClassifier(request, backend, files, fold.split());
        if (fold.number() == 1) {
            trainer.preview(rule, split, epochs);
        }
        NetworkTraining.Trained<ClassificationMetrics> trained = trainer.train(rule, split, name(fold),
            folder(fold), (draft, outcome) -> {
                if (outcome.cancelled()) {
                    throw new CancelledException();
                }
                if (outcome.stopped() != null) {
                    throw new LesionJException(outcome.stopped());
                }
                List<Classification> found = HeldOut.judge(draft, heldOut, false, backend, request.place().device(), run, progress);
                rows.addAll(found);
                ClassificationMetrics metrics = HeldOut.metrics(found, heldOut.set(), draft.card());
                return new NetworkTraining.Measured<>(metrics, TrainClassifier.quality("fold " + fold.number() + " of " + data.folds().size()
                    + (fold.name().isEmpty() ? "" : ", the site " + fold.name())
                    + ", which was held out: nothing was learned from it, and the best epoch was not chosen on it", metrics));
            }, epochs, progress);
        new FoldMark(folder(fold)).write(split, heldOut, identity(fold, split, rule), trained.metrics());
        return new Member(fold, trained.model(), trained.metrics(), trained.outcome().bestEpoch(), trained.outcome().history());
    }

    private Map<String, String> identity(FoldedSet.Fold fold, SplitData split, InputRule rule) {
        return new TrainClassifier(request, backend, files, fold.split()).identity(rule, split);
    }

    private String name(FoldedSet.Fold fold) {
        String base = request.model().name();
        return ModelName.like((base.length() > LONGEST_NAME ? base.substring(0, LONGEST_NAME).strip() : base) + "-fold-" + fold.number());
    }

    /** One fold's part of the way. */
    private record FoldProgress(Progress whole, int fold, int folds) implements Progress {

        @Override
        public void report(long done, long total, String what) {
            whole.report((fold - 1) * total + done, folds * total, "Fold " + fold + " of " + folds + ": " + what);
        }

        @Override
        public boolean cancelled() {
            return whole.cancelled();
        }
    }
}
