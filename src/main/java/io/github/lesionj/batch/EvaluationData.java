package io.github.lesionj.batch;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.ItemSource;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.results.ResultFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A labelled set with its labels brought to the classes of a model.
 *
 * @param name   of the set without the folders before it, such as {@code chest.csv#val}
 * @param inputs what is read
 * @param items  by path, their labels indices of the model's classes
 */
public record EvaluationData(String name, BatchInputs inputs, Map<String, LabelledItem> items) {

    /**
     * Opens a set.
     *
     * @param data       path, or {@code PATH#split}
     * @param classNames what the labels 0, 1 ... of the set are called, with commas; blank = as the model's classes in order
     * @param card       of the model
     * @throws UsageException where a label is none of the model's classes, or items have several labels and the model gives one
     */
    public static EvaluationData open(String data, String classNames, ModelCard card, ImageFiles files) {
        DataReference reference = DataReference.parse(data);
        if (ResultFolder.isResultFolder(reference.path())) {
            throw new UsageException("The folder " + reference.path() + " holds the results of a run (a run.json) and is never read as "
                + "input; check data=.");
        }
        ClassNaming naming = classNames.isBlank() ? new ClassNaming(card.classNames()) : ClassNaming.parse(classNames);
        LabelledSet set = LabelledSets.open(reference, naming);
        if (set.labelKind() == LabelKind.MULTI_LABEL && card.labelKind() != LabelKind.MULTI_LABEL) {
            throw new UsageException("In " + reference + " several labels may be true of one image, but the model " + card.name()
                + " gives exactly one of " + String.join(", ", card.classNames()) + "; choose data or a model that fits.");
        }
        int[] classOf = classes(set.classNames(), card);
        Map<String, LabelledItem> items = new LinkedHashMap<>();
        List<BatchInput> inputs = new ArrayList<>();
        for (LabelledItem found : set.items()) {
            LabelledItem item = new LabelledItem(found.name(), found.source(),
                found.labels().stream().map(label -> classOf[label]).collect(Collectors.toSet()), found.group(),
                found.site(), found.split());
            items.put(item.name(), item);
            inputs.add(new SingleImageInput(input(item, card, files)));
        }
        return new EvaluationData(name(reference), new BatchInputs(reference.path(), inputs, set.rejected()), items);
    }

    /** SHA-256 over names, labels, groups and sites of all items, in their order. */
    String labelChecksum() {
        StringBuilder lines = new StringBuilder();
        items.values().forEach(item -> lines.append(item.name()).append('\t').append(item.labels().stream().sorted().toList()).append('\t')
            .append(item.group()).append('\t').append(item.site()).append('\n'));
        return Sha256.of(lines.toString());
    }

    /** A folder's own path says where it lies, which is nobody else's business. */
    private static String name(DataReference reference) {
        Path last = reference.path().toAbsolutePath().normalize().getFileName();
        return (last == null ? reference.path().toString() : last.toString())
            + (reference.split().isEmpty() ? "" : "#" + reference.split());
    }

    private static int[] classes(List<String> names, ModelCard card) {
        int[] classes = new int[names.size()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = index(names.get(i), card);
        }
        return classes;
    }

    private static int index(String name, ModelCard card) {
        for (int c = 0; c < card.classNames().size(); c++) {
            if (card.classNames().get(c).equalsIgnoreCase(name.strip())) {
                return c;
            }
        }
        throw new UsageException("The model " + card.name() + " does not know the class " + name + " of class_names; it knows "
            + String.join(", ", card.classNames()) + ".");
    }

    private static BatchInput input(LabelledItem item, ModelCard card, ImageFiles files) {
        List<String> truth = item.labels().stream().sorted().map(card.classNames()::get).toList();
        return item.source() instanceof ItemSource.File file ? new FileInput(item.name(), file.path(), files, truth)
            : new LabelledInput(item, truth);
    }
}
