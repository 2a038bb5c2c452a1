package io.github.lesionj.commands;

import io.github.lesionj.dataset.FoldRule;
import io.github.lesionj.runtime.ArchitectureInfo;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.ClassWeighting;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.TrainingSettings;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** The part of the form that trainers of classifiers share, of whatever they classify: loss, sampler, regularisation. */
abstract class ClassifierTrainerCommand extends TrainerCommand {

    @Parameter(label = "Loss", choices = {"cross-entropy", "focal", "balanced"}, required = false, persist = false,
        attrs = {@Attr(name = ADVANCED), @Attr(name = AFTER, value = "model_name")}, description = "What training makes small: cross-entropy = every image counts the same; focal = "
            + "images that are right already count little; balanced = rare classes count more.")
    private String loss = "cross-entropy";

    @Parameter(label = "Focal alpha", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Of the focal loss: how much each class counts, one number per class with commas, such as 0.25,0.75, or one for "
            + "all; empty = all the same. Where an image can have several labels, what lacks a class counts 1 - alpha.")
    private String focal_alpha = "";

    @Parameter(label = "Focal gamma", min = "0", max = "100", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Of the focal loss: how little easy images count; 0 = as much as hard ones.")
    private double focal_gamma = LossSettings.FOCAL_GAMMA;

    @Parameter(label = "Class weights", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "How much each class counts in the loss: none, inverse (of its frequency), effective (the same, less steep), or "
            + "a number per class with commas. loss=balanced takes inverse where this says none.")
    private String class_weights = "none";

    @Parameter(label = "Sampler", choices = {"shuffle", "balanced"}, required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "How batches are drawn: shuffle = every image once an epoch; balanced = as many of each class in every batch, so "
            + "that a rare class comes round more often.")
    private String sampler = "shuffle";

    @Parameter(label = "Samples per class", min = "0", max = "1024", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Of the balanced sampler: images of each class in a batch, which then has this many times the classes; 0 = batch "
            + "divided by the classes.")
    private int samples_per_class = 0;

    @Parameter(label = "Mix-up", min = "0", max = "100", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Strength with which images and labels are blended in pairs, such as 0.2; against learning by heart; 0 = off.")
    private double mixup = 0;

    @Parameter(label = "Dropout", min = "0", max = "0.95", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Share of the features left out before the last layer in training.")
    private double dropout = 0.2;

    @Parameter(label = "Label smoothing", min = "0", max = "0.5", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Share of the truth that is spread over all classes: against too certain answers.")
    private double label_smoothing = 0.05;

    @Parameter(label = "Folds", min = "0", max = "20", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Cross-validation: the data is divided into so many folds, by class and group, a network is trained for each and "
            + "judged on it, and their mean is the model; 0 = a single training.")
    private int folds = 0;

    @Parameter(label = "Fold by", choices = {"group", "site"}, required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "group = folds keep patients together; site = one fold for each site that the data names, judged by a network "
            + "that never saw it.")
    private String fold_by = "group";

    ClassifierTrainerCommand() {
        super("explainable-cnn", 30, 32, 1, 0);
    }

    @Override
    final String family() {
        return ArchitectureInfo.IMAGE;
    }

    protected final FoldRule foldRule() {
        return FoldRule.of(folds, fold_by);
    }

    protected final double dropout() {
        return dropout;
    }

    protected final TrainingSettings trainingSettings() {
        LossSettings losses = new LossSettings(word(LossSettings.Kind.class, loss), LossSettings.alpha(focal_alpha), focal_gamma,
            ClassWeighting.parse(class_weights), label_smoothing);
        BatchSettings batches = new BatchSettings(batch(), accumulate(), word(BatchSettings.Sampler.class, sampler), samples_per_class,
            mixup);
        return new TrainingSettings(losses, batches, optimizerSettings(), scheduleSettings(), startSettings());
    }
}
