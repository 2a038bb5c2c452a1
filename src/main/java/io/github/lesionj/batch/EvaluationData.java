package io.github.lesionj.batch;

import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.ItemSource;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.pipeline.JudgedSet;
import io.github.lesionj.results.ResultFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        LabelledSet set = JudgedSet.open(reference, classNames, card);
        Map<String, LabelledItem> items = new LinkedHashMap<>();
        List<BatchInput> inputs = new ArrayList<>();
        for (LabelledItem item : set.items()) {
            items.put(item.name(), item);
            inputs.add(new SingleImageInput(input(item, card, files)));
        }
        return new EvaluationData(name(reference), new BatchInputs(reference.path(), inputs, set.rejected()), items);
    }

    /** SHA-256 over names, labels, groups, sites and boxes of all items, in their order. */
    String labelChecksum() {
        StringBuilder lines = new StringBuilder();
        items.values().forEach(item -> lines.append(item.name()).append('\t').append(item.labels().stream().sorted().toList()).append('\t')
            .append(item.group()).append('\t').append(item.site()).append(boxes(item)).append('\n'));
        return Sha256.of(lines.toString());
    }

    /**
     * SHA-256 over names, labels, boxes and contents of items.
     *
     * @param contents SHA-256 of each, by its name
     */
    static String checksum(List<LabelledItem> items, Map<String, String> contents) {
        Sha256 sha = new Sha256();
        items.forEach(item -> sha.addLine(item.name() + "\t" + item.labels().stream().sorted().toList() + boxes(item) + "\t"
            + contents.get(item.name())));
        return sha.hex();
    }

    private static String boxes(LabelledItem item) {
        return item.boxes().isEmpty() ? "" : "\t" + item.boxes();
    }

    /** The group of each of some items; empty where none belongs to one. */
    static List<String> groups(List<LabelledItem> items) {
        List<String> groups = items.stream().map(LabelledItem::group).toList();
        return groups.stream().allMatch(String::isEmpty) ? List.of() : groups;
    }

    /** A folder's own path says where it lies, which is nobody else's business. */
    private static String name(DataReference reference) {
        Path last = reference.path().toAbsolutePath().normalize().getFileName();
        return (last == null ? reference.path().toString() : last.toString())
            + (reference.split().isEmpty() ? "" : "#" + reference.split());
    }

    private static BatchInput input(LabelledItem item, ModelCard card, ImageFiles files) {
        List<String> truth = item.labels().stream().sorted().map(card.classNames()::get).toList();
        return item.source() instanceof ItemSource.File file ? new FileInput(item.name(), file.path(), files, truth)
            : new LabelledInput(item, truth);
    }
}
