package io.github.lesionj.pipeline;

import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ClassBalance;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataKind;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.dataset.LearnedPart;
import io.github.lesionj.image.ImageFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** From a data set to the settings of a training, or to what to use instead. */
public final class SuggestModel {

    /** Tasks that may be asked for. */
    public static final List<String> TASKS = List.of("auto", "classification", "detection", "segmentation", "volume", "slide");

    private SuggestModel() {
    }

    /**
     * Suggests.
     *
     * @param data       as the key {@code data} names it
     * @param classNames as the key {@code class_names} names them
     * @param task       one of {@link #TASKS}; auto takes what the data looks like
     * @param seed       decides which images are looked at
     * @throws UsageException what is wrong with the data, in one sentence
     */
    public static Suggestion of(String data, String classNames, String task, long seed, ImageFiles files, Progress progress) {
        DataReference reference = DataReference.parse(data);
        DataKind kind = task.equals("auto") ? DataKind.of(reference.path()) : kind(task);
        if (kind != DataKind.IMAGES) {
            return instead(kind);
        }
        ClassNaming naming = ClassNaming.parse(classNames);
        LabelledSet set = LabelledSets.open(reference, naming);
        if (task.equals("auto")) {
            kind = DataKind.ofNames(set.items().stream().map(LabelledItem::name).limit(1000).toList());
        }
        if (kind != DataKind.IMAGES) {
            return instead(kind);
        }
        String validation = LearnedPart.validationBeside(set, reference, naming);
        return classification(DataSurvey.of(set, reference, validation, files, seed, progress), set.name());
    }

    private static DataKind kind(String task) {
        return switch (task) {
            case "detection" -> DataKind.DETECTION;
            case "segmentation" -> DataKind.SEGMENTATION;
            case "volume" -> DataKind.VOLUMES;
            case "slide" -> DataKind.SLIDES;
            default -> DataKind.IMAGES;
        };
    }

    private static Suggestion classification(DataProfile profile, String name) {
        List<ClassBalance.ClassCount> classes = profile.balance().classes();
        if (classes.stream().filter(each -> each.count() > 0).count() < 2) {
            throw new UsageException("Nothing can be trained on " + name + ": " + profile.balance().suggestion());
        }
        if (profile.sample().read() == 0) {
            throw new UsageException("None of the " + profile.sample().unreadable() + " images of " + name
                + " that were tried can be read.");
        }
        return new Suggestion(found(profile), new TrainingAdvice(profile, Machine.here(), TrainingSpeed.measured()).decisions(), List.of());
    }

    private static Map<String, String> found(DataProfile profile) {
        DataProfile.Sample sample = profile.sample();
        Map<String, String> found = new LinkedHashMap<>();
        found.put("images", profile.items() + (profile.others() == 0 ? "" : " to learn from, of which all below speaks; "
            + profile.others() + " in other splits"));
        found.put("classes", profile.balance().classes().stream().map(each -> each.name() + " " + each.count())
            .collect(Collectors.joining(", ")));
        found.put("labels", profile.multiLabel() ? "several per image" : "one per image");
        found.put("groups", profile.groups() == 0 ? "none named" : Integer.toString(profile.groups()));
        found.put("sites", profile.sites() == 0 ? "none named" : Integer.toString(profile.sites()));
        found.put("splits", profile.splits().isEmpty() ? "none named" : profile.splits().entrySet().stream()
            .map(split -> (split.getKey().isEmpty() ? "(none)" : split.getKey()) + " " + split.getValue()).collect(Collectors.joining(", ")));
        found.put("looked at", sample.read() + " images" + (sample.unreadable() == 0 ? "" : ", " + sample.unreadable() + " unreadable"));
        found.put("size", "short edge " + sample.edge() + " px (median), edges " + sample.smallest() + " to " + sample.largest() + " px");
        found.put("pixels", (sample.colour() ? "colour" : "grey") + ", " + sample.bits() + " bits, " + sample.channels()
            + (sample.channels() == 1 ? " channel" : " channels"));
        return found;
    }

    private static Suggestion instead(DataKind kind) {
        List<String> sentences = switch (kind) {
            case SEGMENTATION -> List.of(
                "This looks like segmentation: an outline for each object. LesionJ gives classes to whole images or to objects, and "
                    + "draws no outlines.",
                "Use StarDist for round objects such as nuclei (Schmidt et al. 2018, arXiv:1806.03535), Labkit (Arzt et al. 2022, "
                    + "10.3389/fcomp.2022.777728) or Trainable Weka Segmentation (Arganda-Carreras et al. 2017, "
                    + "10.1093/bioinformatics/btx180) to teach pixels by a few strokes, all in Fiji; nnU-Net (Isensee et al. 2021, "
                    + "10.1038/s41592-020-01008-z) outside of it.",
                "Then let Classify Image... give each object that they find its class.");
            case DETECTION -> List.of(
                "This looks like detection: boxes around findings. This version of LesionJ has no detector; a later one will.",
                "Until then save what is in each box as an image in the folder of its class, and take task=classification.");
            case VOLUMES -> List.of(
                "These are image volumes. This version of LesionJ classifies two-dimensional images; volumes come with a later one.",
                "Until then save the slices that show the finding as images in the folder of their class, those of one patient with one "
                    + "group in a CSV. For outlines in volumes use nnU-Net (Isensee et al. 2021, 10.1038/s41592-020-01008-z).");
            case SLIDES -> List.of(
                "These are whole slides. This version of LesionJ classifies images that fit into memory; slides come with a later one.",
                "Until then cut tiles, for example with QuPath (Bankhead et al. 2017, 10.1038/s41598-017-17204-5), and classify those.");
            case IMAGES -> throw new IllegalArgumentException("images are classified");
        };
        return new Suggestion(Map.of("task", kind.name().toLowerCase(Locale.ROOT)), List.of(), sentences);
    }
}
