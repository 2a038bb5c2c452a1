package io.github.lesionj.runtime;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import java.util.List;

/** Refuses settings that cannot be followed, each in one sentence that names the key. */
final class SettingsCheck {

    private SettingsCheck() {
    }

    static void check(TrainingSettings settings, NetworkSettings network) {
        need(network.dropout() >= 0 && network.dropout() < 1, "dropout=" + network.dropout() + " is not in 0..1 (1 excluded).");
        schedule(settings.schedule());
        batches(settings.batches(), network);
        optimizer(settings.optimizer());
        loss(settings.loss(), network);
        double rate = settings.start().backboneRate();
        need(rate >= 0 && rate <= 1, "backbone_rate=" + rate + " is not in 0..1; 1 trains the whole network at one rate.");
        need(!settings.start().backboneFrozen() || settings.start().initialWeights() != null,
            "backbone=freeze without initial_weights would keep a backbone of weights at random. Give initial_weights, or take backbone=train.");
        need(!settings.start().backboneFrozen() || rate == 1 || rate == 0,
            "backbone_rate=" + rate + " says nothing beside backbone=freeze, which does not train the backbone. Give one of them.");
        need(rate > 0 || settings.start().backboneFrozen(),
            "backbone_rate=0 would train the backbone without moving it. Say backbone=freeze, which is also faster.");
    }

    private static void schedule(ScheduleSettings schedule) {
        need(schedule.epochs() >= 1, "epochs=" + schedule.epochs() + " trains nothing. Take 1 or more.");
        need(schedule.learningRate() > 0 && Double.isFinite(schedule.learningRate()),
            "learning_rate=" + schedule.learningRate() + " is not above 0. Take a value such as 0.002.");
        need(schedule.warmup() >= 0 && (schedule.warmup() < 1 || schedule.warmup() < schedule.epochs()),
            "warmup=" + schedule.warmup() + " must be a share of the training below 1, or fewer epochs than the "
                + schedule.epochs() + " of the training.");
        need(schedule.patience() >= 0, "patience=" + schedule.patience() + " is below 0. Take 0 for none.");
    }

    private static void batches(BatchSettings batches, NetworkSettings network) {
        need(batches.batch() >= 2, "batch=" + batches.batch() + " is too small for batch normalisation. Take 2 or more.");
        need(batches.accumulate() >= 1, "accumulate=" + batches.accumulate() + " is no number of batches. Take 1 or more.");
        need(batches.mixup() >= 0 && batches.mixup() <= 100, "mixup=" + batches.mixup()
            + " is not in 0..100. Take 0 for none, or a value such as 0.2.");
        need(batches.samplesPerClass() >= 0, "samples_per_class=" + batches.samplesPerClass() + " is below 0.");
        boolean balanced = batches.sampler() == BatchSettings.Sampler.BALANCED;
        need(!balanced || network.labelKind() != LabelKind.MULTI_LABEL, "sampler=balanced needs exactly one label for each image, "
            + "and this data set has images with several. Use class_weights=inverse or loss=focal instead.");
        need(balanced || batches.samplesPerClass() == 0, "samples_per_class=" + batches.samplesPerClass()
            + " says nothing without sampler=balanced. Give both or neither.");
    }

    private static void optimizer(OptimizerSettings optimizer) {
        need(optimizer.weightDecay() >= 0 && Double.isFinite(optimizer.weightDecay()),
            "weight_decay=" + optimizer.weightDecay() + " is not 0 or more.");
        need(optimizer.momentum() >= 0 && optimizer.momentum() < 1, "momentum=" + optimizer.momentum() + " is not in 0..1 (1 excluded).");
        need(optimizer.optimizer() == OptimizerSettings.Kind.SGD || optimizer.momentum() == OptimizerSettings.MOMENTUM,
            "momentum=" + optimizer.momentum() + " says nothing without optimizer=sgd. Give both or neither.");
        need(optimizer.clip() >= 0 && Double.isFinite(optimizer.clip()), "clip=" + optimizer.clip() + " is not 0 or more.");
        need(optimizer.ema() >= 0 && optimizer.ema() < 1, "ema=" + optimizer.ema()
            + " is not in 0..1 (1 excluded). Take 0 for none, or a value such as 0.999.");
    }

    private static void loss(LossSettings loss, NetworkSettings network) {
        need(loss.labelSmoothing() >= 0 && loss.labelSmoothing() < 1,
            "label_smoothing=" + loss.labelSmoothing() + " is not in 0..1 (1 excluded).");
        need(loss.focalGamma() >= 0 && loss.focalGamma() <= 100, "focal_gamma=" + loss.focalGamma() + " is not in 0..100. Take a value such as 2.");
        boolean focal = loss.loss() == LossSettings.Kind.FOCAL;
        need(focal || loss.focalGamma() == LossSettings.FOCAL_GAMMA,
            "focal_gamma=" + loss.focalGamma() + " says nothing without loss=focal. Give both or neither.");
        need(focal || loss.focalAlpha().isEmpty(), "focal_alpha says nothing without loss=focal. Give both or neither; "
            + "for cross entropy, class_weights weighs the classes.");
        need(loss.focalAlpha().size() <= 1 || loss.focalAlpha().size() == network.classes(),
            count("focal_alpha", loss.focalAlpha(), network) + ", or one for all.");
        need(loss.focalAlpha().stream().anyMatch(alpha -> alpha > 0) || loss.focalAlpha().isEmpty(), "focal_alpha is 0 for every class.");
        need(network.labelKind() != LabelKind.MULTI_LABEL || loss.focalAlpha().stream().allMatch(alpha -> alpha <= 1),
            "focal_alpha must be in 0..1 where an image can have several labels: what lacks a class counts 1 - alpha.");
        ClassWeighting weighting = loss.weighting();
        boolean given = weighting.classWeights() == ClassWeighting.Source.GIVEN;
        need(!given || weighting.givenWeights().size() == network.classes(), count("class_weights", weighting.givenWeights(), network) + ".");
        need(!given || weighting.givenWeights().stream().allMatch(weight -> weight > 0),
            "class_weights holds a 0: that class would never be learned. Take weights above 0.");
    }

    private static String count(String key, List<Double> numbers, NetworkSettings network) {
        return key + " has " + numbers.size() + " numbers and the data has " + network.classes() + " classes ("
            + String.join(", ", network.classNames()) + "): give one for each, in this order";
    }

    private static void need(boolean fine, String otherwise) {
        if (!fine) {
            throw new UsageException(otherwise);
        }
    }
}
