package io.github.lesionj.pipeline;

import io.github.lesionj.dataset.ClassBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules of {@code Suggest Model...}: from a data set and a machine to the settings of a training, a method per decision.
 *
 * <p>A rule that a paper states names it; a rule of thumb says so.
 */
final class TrainingAdvice {

    /** Fewer images than this, and a network with millions of weights learns them by heart. */
    static final int TINY = 200;
    /** Enough for a network of ten million weights from random ones, by rule of thumb. */
    static final int MANY = 2000;
    /** Below it one held-back part is too small to judge by. */
    static final int FEW_TO_JUDGE = 1000;
    /** From this many on the networks of the large radiograph sets pay, where a GPU is there. */
    static final int VAST = 20_000;

    /** With fewer of a class its figures mean nothing. */
    static final int RARE = 10;

    private static final int FOLDS = 5;
    private static final int SMALL_IMAGE = 64;
    private static final int LARGEST = 224;
    private static final int SMALLEST = 28;
    private static final int STEP = 32;
    private static final int IMAGES_SEEN = 200_000;
    private static final int FEWEST_EPOCHS = 10;
    private static final int MOST_EPOCHS = 60;
    private static final int BATCH = 32;
    private static final double SHARE_OF_MEMORY = 0.7;

    private static final String RULE = "rule of thumb of LesionJ";
    private static final String TRANSFUSION = "Raghu et al. 2019, arXiv:1902.07208";

    private final DataProfile data;
    private final Machine machine;
    private final TrainingSpeed speed;

    TrainingAdvice(DataProfile data, Machine machine, TrainingSpeed speed) {
        this.data = data;
        this.machine = machine;
        this.speed = speed;
    }

    /** All decisions, in the order of the dialog. */
    List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>();
        decisions.add(data.validation().isEmpty() && folds() > 1 ? foldsDecision() : validation());
        decisions.add(architecture());
        decisions.add(size());
        decisions.addAll(imbalance());
        decisions.add(augment());
        decisions.add(epochs());
        patience().ifPresent(decisions::add);
        decisions.add(batch());
        decisions.addAll(pixels());
        decisions.add(time());
        decisions.add(memory());
        caution().ifPresent(decisions::add);
        return decisions;
    }

    /** What no setting makes up for. */
    Optional<Decision> caution() {
        int rarest = data.smallestSupply();
        if (data.items() >= TINY && rarest >= RARE) {
            return Optional.empty();
        }
        String what = data.groups() > 0 ? " groups" : " images";
        return Optional.of(Decision.note("caution", "few images", (rarest < RARE ? "The rarest class has " + rarest + what
            + ", and no setting makes up for that" : "With " + data.items() + " images all figures are uncertain")
            + ": look at the intervals, and start from weights of a similar task with initial_weights where you have them.", TRANSFUSION));
    }

    /** How many folds: 1 where one validation part will do, or where the rarest class does not suffice for two. */
    int folds() {
        return data.items() < FEW_TO_JUDGE ? Math.max(1, Math.min(FOLDS, data.smallestSupply())) : 1;
    }

    private Decision foldsDecision() {
        String together = data.groups() > 0 ? "; the " + data.groups() + " groups stay together" : "";
        String fewer = folds() < FOLDS ? "; not " + FOLDS + ", for the rarest class has " + data.smallestSupply()
            + (data.groups() > 0 ? " groups" : " images") + " only" : "";
        return Decision.key("folds", Integer.toString(folds()), "With " + data.items() + " images one validation part would be too "
            + "small to judge by, so every image is judged once, by a network that did not learn it" + together + fewer + ".",
            "Kohavi 1995 (IJCAI), stratified cross-validation");
    }

    Decision validation() {
        if (!data.validation().isEmpty()) {
            return Decision.key("validation", "#" + data.validation(), "The data set names this split for it.", "the data set");
        }
        String together = data.groups() > 0 ? "; the " + data.groups() + " groups stay together, or the figures would be too good" : "";
        return Decision.key("validation", "0.2", "A fifth of " + data.items() + " images, drawn by class, is enough to select the best "
            + "epoch on" + together + ".", RULE);
    }

    Decision size() {
        int edge = data.sample().edge();
        int size = chosenSize();
        if (edge <= size) {
            return Decision.key("size", Integer.toString(size), "The short edge of the median image has " + edge
                + " px: nothing is lost.", "the sample");
        }
        String factor = String.format(Locale.ROOT, "%.1f", (double) edge / size);
        String source = "Sabottke and Spieler 2020, 10.1148/ryai.2019190015";
        return Decision.key("size", Integer.toString(size), "The short edge of the median image has " + edge + " px, so one px of the "
            + "network is " + factor + " px of the image; a finding smaller than about " + Math.round(4.0 * edge / size)
            + " px needs a larger size" + (size < LARGEST && edge >= LARGEST ? ", which this machine's memory does not hold" : "") + ".",
            source);
    }

    private int chosenSize() {
        int edge = data.sample().edge();
        if (edge < SMALL_IMAGE) {
            return Math.max(SMALLEST, edge);
        }
        int size = Math.min(LARGEST, edge / STEP * STEP);
        while (size > SMALL_IMAGE && !fits("explainable-cnn", size, BATCH / 4)) {
            size -= STEP;
        }
        return size;
    }

    Decision architecture() {
        String id = chosenArchitecture();
        String images = data.items() + " images to learn from";
        return switch (id) {
            case "densenet121" -> Decision.key("architecture", id, "With " + images + " and a GPU the network of the large "
                + "radiograph sets is worth its time.", "Rajpurkar et al. 2017, arXiv:1711.05225");
            case "resnet18" -> Decision.key("architecture", id, data.sample().edge() < SMALL_IMAGE
                ? "With " + data.items() + " images of " + data.sample().edge() + " px to learn from a ResNet-18 is as good as deeper networks."
                : "With " + images + " a ResNet-18 has enough to learn from; deeper ones gain little from random weights.",
                data.sample().edge() < SMALL_IMAGE ? "Yang et al. 2023, 10.1038/s41597-022-01721-8" : TRANSFUSION);
            default -> Decision.key("architecture", id, data.items() >= MANY
                ? "This machine's memory does not hold a deeper network; the compact one shows where it looked."
                : "With " + images + " a compact network does as well as a deep one, and it shows where it looked.", TRANSFUSION);
        };
    }

    private String chosenArchitecture() {
        if (data.items() >= VAST && machine.gpus() > 0 && chosenSize() >= SMALL_IMAGE) {
            return "densenet121";
        }
        return data.items() >= MANY && fits("resnet18", chosenSize(), BATCH / 4) ? "resnet18" : "explainable-cnn";
    }

    /** Loss and sampler, for one makes up for what the other would. */
    List<Decision> imbalance() {
        double factor = data.balance().largestFactor();
        String ratio = String.format(Locale.ROOT, "The largest class has %.1f times the images of the smallest", factor);
        if (factor <= ClassBalance.EVEN) {
            return List.of(Decision.key("loss", "cross-entropy", ratio + ": plain cross entropy will do.", RULE));
        }
        if (factor <= ClassBalance.SKEWED && !data.multiLabel()) {
            return List.of(Decision.key("loss", "balanced", ratio + ": each image counts by how rare its class is.",
                "King and Zeng 2001, 10.1093/oxfordjournals.pan.a004868"),
                Decision.key("class_weights", "inverse", "Weights of one over the class's share bring every class to the same sum.",
                    "King and Zeng 2001, 10.1093/oxfordjournals.pan.a004868"));
        }
        if (data.multiLabel() || perClass() < 2) {
            String why = data.multiLabel() ? "images with several classes cannot be drawn evenly"
                : "a batch does not hold two images of each of " + data.classes() + " classes";
            return List.of(Decision.key("loss", "focal", ratio + ", and " + why + ": the focal loss turns to what is not learned yet.",
                "Lin et al. 2017, arXiv:1708.02002"));
        }
        return List.of(Decision.key("sampler", "balanced", ratio + ": every batch holds as many images of each class. "
            + "Judge by balanced accuracy and AUC, not by accuracy.", "Buda et al. 2018, arXiv:1710.05381"),
            Decision.key("samples_per_class", Integer.toString(perClass()), "As many of each of " + data.classes()
                + " classes as a batch of " + chosenBatch() + " holds.", "follows from batch"));
    }

    private int perClass() {
        return chosenBatch() / data.classes();
    }

    Decision augment() {
        boolean colour = data.sample().colour();
        boolean strong = data.items() < FEW_TO_JUDGE && data.sample().edge() >= SMALL_IMAGE;
        String level = strong ? "strong" : "light";
        String amount = strong ? data.items() + " images are few, so they are changed much: turned, moved, enlarged, with parts erased"
            : "Small turns, moves and changes of brightness, which any medical image bears"
                + (data.sample().edge() < SMALL_IMAGE ? "; larger ones would hide what " + data.sample().edge() + " px show" : "");
        return Decision.key("augment", level + (colour ? ",flip_x,flip_y" : ""), amount + (colour
            ? "; with flips, for most colour images (cells, tissue, skin) have no left and right: leave the flips out where yours have."
            : "; no flips, for in a radiograph left and right matter."), strong ? "Zhong et al. 2017, arXiv:1708.04896; " + RULE : RULE);
    }

    Decision epochs() {
        int epochs = chosenEpochs();
        return Decision.key("epochs", Integer.toString(epochs), "About " + (long) epochs * data.items() + " images are seen in "
            + epochs + " passes over " + data.items() + "; the best epoch is kept.", RULE);
    }

    private int chosenEpochs() {
        return Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, (int) Math.round((double) IMAGES_SEEN / Math.max(1, data.items()))));
    }

    /** Stops a long training that no longer gains. */
    Optional<Decision> patience() {
        int patience = chosenEpochs() / 3;
        return chosenEpochs() < MOST_EPOCHS / 2 ? Optional.empty() : Optional.of(Decision.key("patience", Integer.toString(patience),
            "A third of the epochs without gain, and the training ends.", "Prechelt 1998, 10.1007/3-540-49430-8_3"));
    }

    Decision batch() {
        int batch = chosenBatch();
        String reason = batch == BATCH ? "Enough for steady batch normalisation."
            : fits(chosenArchitecture(), chosenSize(), BATCH) ? data.items() + " images are to give some steps per epoch."
            : "A larger batch does not fit into " + machine.physicalMb() + " MB of memory.";
        return Decision.key("batch", Integer.toString(batch), reason, batch == BATCH ? "Masters and Luschi 2018, arXiv:1804.07612" : RULE);
    }

    private int chosenBatch() {
        int batch = BATCH;
        while (batch > 4 && (batch * 4 > data.items() || !fits(chosenArchitecture(), chosenSize(), batch))) {
            batch /= 2;
        }
        return batch;
    }

    /** Whether a training fits into the machine; where that was not measured it is taken to. */
    private boolean fits(String architecture, int size, int batch) {
        return speed.memoryMb(architecture, size, batch).map(needed -> needed <= SHARE_OF_MEMORY * machine.physicalMb()).orElse(true);
    }

    /** What follows from the pixels by itself, and is said because people ask. */
    List<Decision> pixels() {
        DataProfile.Sample sample = data.sample();
        List<Decision> notes = new ArrayList<>();
        notes.add(Decision.note("channels", sample.colour() ? Integer.toString(sample.channels()) : sample.channels() > 3
            ? Integer.toString(sample.channels()) : "1", sample.colour() ? "The images have colours or several channels."
            : sample.channels() == 3 ? "The images are grey, although they are stored in colour." : "The images are grey.", "the sample"));
        notes.add(Decision.note("intensity", sample.bits() <= 8 ? "type" : "percentile", sample.bits() <= 8
            ? "The images have 8 bits, which are used as they are."
            : "The images have up to " + sample.bits() + " bits, of which each image uses its own part: its percentiles 0.5 and 99.5 "
                + "become black and white.", "the sample"));
        return notes;
    }

    /** Hours, from a measured speed, with a range of a factor of two. */
    Decision time() {
        String architecture = chosenArchitecture();
        Optional<Double> rate = speed.imagesPerSecond(architecture, chosenSize(), machine.cores());
        if (rate.isEmpty()) {
            return Decision.note("expected time", "not known", "The speed of " + architecture + " at " + chosenSize()
                + " px was not measured; train one epoch to see.", speed.command());
        }
        double seconds = chosenEpochs() * imagesPerEpoch() / rate.get();
        String gpu = machine.gpus() > 0 ? " A GPU, which is there, is many times faster where it works." : "";
        return Decision.note("expected time", duration(seconds / 2) + " to " + duration(2 * seconds), String.format(Locale.ROOT,
            "An estimate: %.0f images per second on %d cores, scaled by pixels and cores from what was measured.%s", rate.get(),
            machine.cores(), gpu), speed.command() + " on " + speed.processor() + ", " + speed.cores() + " cores, by "
            + speed.measuredBy() + ", " + speed.date());
    }

    private double imagesPerEpoch() {
        if (!data.validation().isEmpty()) {
            return data.items();
        }
        return folds() > 1 ? (folds() - 1.0) * data.items() : 0.8 * data.items();
    }

    private static String duration(double seconds) {
        return seconds < 90 ? Math.max(1, Math.round(seconds)) + " s" : seconds < 5400 ? Math.round(seconds / 60) + " min"
            : seconds < 172_800 ? String.format(Locale.ROOT, "%.1f h", seconds / 3600) : Math.round(seconds / 86_400) + " days";
    }

    Decision memory() {
        Optional<Double> needed = speed.memoryMb(chosenArchitecture(), chosenSize(), chosenBatch());
        String has = "This machine has " + machine.physicalMb() + " MB, of which Java may use " + machine.javaMb() + ".";
        return Decision.note("memory", needed.map(mb -> "about " + Math.round(mb / 100) * 100 + " MB").orElse("not known"), has,
            needed.isPresent() ? speed.command() : "not measured for " + chosenArchitecture());
    }
}
