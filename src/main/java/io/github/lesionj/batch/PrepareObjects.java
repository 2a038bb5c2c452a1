package io.github.lesionj.batch;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.Json;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.ImageFolder;
import io.github.lesionj.dataset.LabelTable;
import io.github.lesionj.dataset.LabellingSession;
import io.github.lesionj.dataset.PreparedSet;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.image.PixelFile;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.results.ItemKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Objects on images become a set of crops: {@code OUTPUT/CLASS/IMAGE_roi.png}, and {@code OUTPUT/labels.csv} with the image
 * as the group of its crops, so that folds and splits keep them together. Objects without a class go to
 * {@code OUTPUT/unlabelled}, to be labelled by keys. The set goes on growing; an image prepared again replaces its crops.
 */
public final class PrepareObjects {

    /** The table of the set, in its folder. */
    public static final String TABLE = "labels.csv";
    private static final int LISTED = 10;

    /**
     * What came of it.
     *
     * @param counts     crops of this run by class, in alphabetical order
     * @param unlabelled crops without a class, by their path in {@value PreparedSet#UNLABELLED}
     * @param rejected   images and objects that could not be used, and why
     * @param remarks    what happened to the set, as sentences
     */
    public record Prepared(Map<String, Integer> counts, List<String> unlabelled, List<RejectedItem> rejected, List<String> remarks) {
    }

    private final TrainingObjects objects;
    private final ObjectCrop crop;
    private final Path output;
    private final List<LabelTable.Row> rows = new ArrayList<>();
    private final List<LabelTable.Row> unlabelled = new ArrayList<>();
    private final List<RejectedItem> rejected = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Set<String> done = new HashSet<>();

    /**
     * A set.
     *
     * @param objects where they come from
     * @param crop    how they cut
     * @param output  folder of the set, may hold one already
     */
    public PrepareObjects(TrainingObjects objects, ObjectCrop crop, Path output) {
        this.objects = objects;
        this.crop = crop;
        this.output = output.toAbsolutePath().normalize();
    }

    /**
     * Cuts the objects out of every input and writes the tables; also when it is cancelled, with what is done until then.
     *
     * @param record what {@code prepared.json} says of the run beside its counts
     */
    public Prepared run(BatchInputs inputs, Map<String, Object> record, Progress progress) {
        LabelTable table = LabelTable.open(output.resolve(TABLE), true);
        LabelTable waiting = LabelTable.open(output.resolve(PreparedSet.UNLABELLED).resolve(LabellingSession.GROUPS), true);
        refuseCropsWithoutGroup(table);
        rejected.addAll(inputs.rejected());
        try {
            long count = 0;
            for (BatchInput input : inputs.inputs()) {
                progress.checkCancelled();
                progress.report(count++, inputs.inputs().size(), "Cutting objects out of " + input.path());
                prepare(input, progress);
            }
        } finally {
            if (!done.isEmpty()) {
                finish(table, waiting, record);
            }
        }
        Path folder = output.resolve(PreparedSet.UNLABELLED);
        List<String> names = unlabelled.stream().map(row -> folder.relativize(row.image()).toString()).toList();
        if (!names.isEmpty()) {
            remarks.add(names.size() + (names.size() == 1 ? " object has" : " objects have") + " no class: "
                + String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
                + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "") + ". Their crops are in " + folder
                + ": name the ROIs and run this again, or label that folder by keys.");
        }
        return new Prepared(counts(), names, rejected, remarks);
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(row.label(), 1, Integer::sum));
        return counts;
    }

    /** Crops of one image would be torn apart by a split, and could not be replaced. */
    private void refuseCropsWithoutGroup(LabelTable table) {
        long crops = table.rows().stream().filter(row -> row.image().startsWith(output)).count();
        if (crops > 0 && !table.hasGroups()) {
            throw new UsageException("The table " + table.file() + " lists " + crops + (crops == 1 ? " image" : " images")
                + " of its folder, but has no column group to say what they were cut from: add it, or choose another output folder.");
        }
    }

    private void prepare(BatchInput input, Progress progress) {
        int before = rows.size();
        int unlabelledBefore = unlabelled.size();
        boolean whole = false;
        try (ImageSource source = input.open()) {
            Position position = null;
            SourceImage image = null;
            for (TrainingObjects.Labelled object : objects.of(input, source)) {
                progress.checkCancelled();
                if (!object.item().position().equals(position)) {
                    position = object.item().position();
                    image = source.image(position);
                }
                cut(input, object, image);
            }
            done.add(input.path());
            whole = true;
        } catch (CancelledException e) {
            throw e;
        } catch (LesionJException e) {
            rejected.add(new RejectedItem(input.path(), e.getMessage()));
        } finally {
            if (!whole) {
                rows.subList(before, rows.size()).clear();
                unlabelled.subList(unlabelledBefore, unlabelled.size()).clear();
            }
        }
    }

    private void cut(BatchInput input, TrainingObjects.Labelled object, SourceImage image) {
        SourceImage crop;
        try {
            crop = object.item().part().apply(image);
        } catch (LesionJException e) {
            rejected.add(new RejectedItem(object.item().key().path(), e.getMessage()));
            return;
        }
        boolean named = !object.label().isEmpty();
        Path folder = output.resolve(named ? folderName(object.label()) : PreparedSet.UNLABELLED);
        Path file = PixelFile.write(crop, folder.resolve(object.item().key().filePath()));
        LabelTable.Row row = new LabelTable.Row(file, object.label(), input.path());
        if (named) {
            rows.add(row);
        } else {
            unlabelled.add(row);
        }
    }

    private static String folderName(String label) {
        return ItemKey.of(label.replace('/', '_').replace('\\', '_')).filePath();
    }

    private void finish(LabelTable table, LabelTable waiting, Map<String, Object> record) {
        boolean onlyOurs = replace(table, rows) & replace(waiting, unlabelled);
        severalClasses(table);
        WholeFile.write(output.resolve(PreparedSet.FILE), Json.pretty(json(record, margin(onlyOurs))));
    }

    /** One object with several classes makes a set multi-label, and {@code none} means no class only there. */
    private void severalClasses(LabelTable table) {
        List<LabelTable.Row> several = rows.stream().filter(PrepareObjects::hasSeveral).toList();
        long none = rows.stream().filter(row -> row.label().equalsIgnoreCase(LabelTable.NONE)).count();
        if (!several.isEmpty()) {
            LabelTable.Row first = several.get(0);
            remarks.add(several.size() + " of " + rows.size() + " objects have several classes, such as " + ImageFolder.name(output, first.image())
                + " (" + first.label() + "): the set is trained as one of several labels per image. Where each object has one class, correct the"
                + " names of those ROIs and run this again.");
        } else if (none > 0 && table.rows().stream().noneMatch(PrepareObjects::hasSeveral)) {
            remarks.add(none + " of " + rows.size() + " objects are named none, and none in the set has several classes: then none is trained"
                + " as a class of its own.");
        }
    }

    private static boolean hasSeveral(LabelTable.Row row) {
        return row.label().contains(";");
    }

    /** The margin of all crops of the set, or null where they differ. */
    private Double margin(boolean onlyOurs) {
        double earlier = onlyOurs ? crop.margin() : PreparedSet.marginIn(output);
        if (earlier == crop.margin()) {
            return earlier;
        }
        remarks.add("The set has images that were not cut with margin=" + ObjectCrop.percent(crop.margin()) + ": prepare those again, for a model "
            + "is to see objects as it learned them.");
        return null;
    }

    /** Whether nothing else is in the table now. */
    private boolean replace(LabelTable table, List<LabelTable.Row> now) {
        Set<Path> images = now.stream().map(LabelTable.Row::image).collect(Collectors.toSet());
        Predicate<LabelTable.Row> outdated = row -> done.contains(row.group()) || images.contains(row.image());
        List<LabelTable.Row> before = table.rows().stream().filter(outdated).toList();
        if (!before.isEmpty()) {
            remarks.add((before.size() == 1 ? "1 crop that was" : before.size() + " crops that were") + " in " + table.file()
                + (before.size() == 1 ? " already was" : " already were") + " replaced.");
        }
        before.stream().map(LabelTable.Row::image).filter(image -> !images.contains(image) && image.startsWith(output))
            .forEach(PrepareObjects::delete);
        if (!now.isEmpty() || !table.rows().isEmpty()) {
            table.replace(outdated, now);
        }
        return table.rows().size() == now.size();
    }

    private static void delete(Path file) {
        try {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new LesionJException("Cannot replace the crop " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private Map<String, Object> json(Map<String, Object> record, Double margin) {
        Map<String, Object> json = new LinkedHashMap<>(record);
        json.put("crop", crop.description());
        json.put(PreparedSet.MARGIN, margin);
        json.put("counts", counts());
        json.put("unlabelled", unlabelled.size());
        json.put("rejected", rejected.stream().map(item -> item.name() + ": " + item.reason()).toList());
        return json;
    }
}
