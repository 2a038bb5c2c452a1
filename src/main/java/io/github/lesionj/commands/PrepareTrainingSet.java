package io.github.lesionj.commands;

import ij.ImagePlus;
import io.github.lesionj.batch.BatchInputs;
import io.github.lesionj.batch.BoxObjects;
import io.github.lesionj.batch.PrepareBoxes;
import io.github.lesionj.batch.ObjectSource;
import io.github.lesionj.batch.PrepareObjects;
import io.github.lesionj.batch.TrainingObjects;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.LabellingSession;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.results.TextTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Makes labels in ImageJ: whole images by number keys, or objects by the names of their ROIs or by label images. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Prepare Training Set...", headless = true,
    description = "Labels made in ImageJ become a training set: the images of a folder by number keys, or objects (ROIs, label images) as crops or "
        + "as boxes.")
public final class PrepareTrainingSet extends EngineCommand {

    private static final String CROPS = "crops";
    private static final String BOXES = "boxes";

    @Parameter(label = "Input", style = "both", required = false, persist = false,
        description = "A folder of images (read with all its folders), or an image file; empty = the open images.")
    private String input = "";

    @Parameter(label = "ROIs", style = "both", required = false, persist = false,
        description = "Make crops of ROIs whose name or group is their class: manager, overlay, a .zip or .roi file, or a folder with PATH.zip "
            + "for each image; none = no ROIs.")
    private String rois = "none";

    @Parameter(label = "Labels", style = "directory", required = false, persist = false,
        description = "Make crops of the objects in label images: a folder with one of the same name for each image. Their classes come from "
            + "classes.csv there, or the values are the classes.")
    private String labels = "";

    @Parameter(label = "Write", choices = {CROPS, BOXES}, required = false, persist = false,
        description = "crops = each object by itself, in the folder of its class, for Train Classifier...; boxes = whole images with their objects "
            + "as ROIs, for Train Detector..., also corrected boxes of Detect Lesions....")
    private String write = CROPS;

    @Parameter(label = "Class names", required = false, persist = false,
        description = "Names of the classes with commas. Without ROIs and label images the number keys 1 to 9 stand for them.")
    private String class_names = "";

    @Parameter(label = "Output", style = "directory", required = false, persist = false,
        description = "Folder for labels.csv and the crops; what is there goes on growing.")
    private String output = "";

    @Parameter(label = "Margin", min = "0", max = "200", required = false, persist = false,
        description = "How much of an object's surroundings its crop shows: percent of its longer edge, on each side.")
    private double margin = 20;

    @Parameter(label = "Channel", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Which channel of multi-channel images goes into the crops, from 1; 0 = all.")
    private int channel = 0;

    @Override
    public List<String> suggestions(String key) {
        return key.equals("rois") ? ObjectSource.WORDS : List.of();
    }

    @Override
    protected ExitStatus execute() {
        if (output.isBlank()) {
            throw new UsageException("The set needs a folder; name one with output=.");
        }
        List<String> classNames = ClassNaming.parse(class_names).given();
        boolean byRois = !rois.isBlank() && !rois.strip().equals("none");
        if (byRois && !labels.isBlank()) {
            throw new UsageException("Objects come from ROIs or from label images, not from both: leave out rois= or labels=.");
        }
        if (write.equals(BOXES)) {
            return boxes(classNames, byRois);
        }
        return byRois || !labels.isBlank() ? objects(classNames, byRois) : labelByKeys(classNames);
    }

    private ExitStatus labelByKeys(List<String> classNames) {
        if (input.isBlank() || !Files.isDirectory(Path.of(input))) {
            throw new UsageException((input.isBlank() ? "Nothing says what to label" : input + " is no folder")
                + ": name a folder of images with input=, to label them by keys, or objects with rois= or labels=.");
        }
        if (Reporter.isHeadless()) {
            throw new UsageException("Labelling by keys needs a display. Without one name objects with rois=overlay, rois=FILE.zip or "
                + "labels=FOLDER, or write the classes into a CSV with the header path,label yourself.");
        }
        LabellingSession session = LabellingSession.open(Path.of(input), classNames, Path.of(output, PrepareObjects.TABLE));
        new LabellingWindow(session, imageFiles()).run();
        print(session.done() + " of " + session.total() + " images have a class; the set is " + session.table() + ".");
        return listed(session.unreadable(), session.done() > 0) ? ExitStatus.PARTIAL : ExitStatus.DONE;
    }

    private ExitStatus boxes(List<String> classNames, boolean byRois) {
        if (!byRois && labels.isBlank()) {
            throw new UsageException("Nothing says where the objects are: set rois to manager, overlay or a path, or labels to a folder of label images.");
        }
        BatchInputs inputs = inputs(imageFiles());
        BoxObjects source = byRois ? BoxObjects.rois(roiKey().drawn(inputs).orElseThrow(), channel, classNames)
            : BoxObjects.labelImages(Path.of(labels), imageFiles(), channel, classNames);
        PrepareBoxes.Prepared prepared = new PrepareBoxes(source, Path.of(output)).run(inputs, record(), progress());
        int images = prepared.images().withObjects() + prepared.images().without();
        if (images > 0) {
            List<List<String>> table = new ArrayList<>(List.of(List.of("class", "boxes")));
            prepared.counts().forEach((name, count) -> table.add(List.of(name, Integer.toString(count))));
            print(TextTable.of(table) + "\nThe set has " + images + (images == 1 ? " image" : " images") + " more (" + prepared.images().without()
                + " without any object): " + output + ".");
        }
        return listed(prepared.rejected(), images > 0) ? ExitStatus.PARTIAL : ExitStatus.DONE;
    }

    private Map<String, Object> record() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("command", label());
        record.put("keys", keyValues());
        return record;
    }

    private ExitStatus objects(List<String> classNames, boolean byRois) {
        ImageFiles files = imageFiles();
        ObjectCrop crop = new ObjectCrop(margin);
        BatchInputs inputs = inputs(files);
        TrainingObjects source = byRois ? TrainingObjects.rois(roiKey().objects(inputs).orElseThrow(), crop, channel, classNames)
            : TrainingObjects.labelImages(Path.of(labels), files, crop, channel, classNames);
        PrepareObjects.Prepared prepared = new PrepareObjects(source, crop, Path.of(output)).run(inputs, record(), progress());
        return report(prepared);
    }

    private RoiKey roiKey() {
        return new RoiKey(rois, input.isBlank() ? activeImage().orElse(null) : null);
    }

    private BatchInputs inputs(ImageFiles files) {
        if (!input.isBlank()) {
            if (isWithin(Path.of(output), Path.of(input))) {
                throw new UsageException("The output folder " + output + " lies in the input folder, where the crops would be taken for images"
                    + " the next time; choose another one.");
            }
            return BatchInputs.of(input, files, List.of());
        }
        ImagePlus active = activeImage().orElseThrow(() -> new UsageException(
            "There is no image: open one, or name a file or folder with input=."));
        return BatchInputs.of(!labels.isBlank() ? OpenImages.after(active)
            : rois.strip().equals("overlay") ? OpenImages.withRoisAfter(active) : List.of(active));
    }

    private static boolean isWithin(Path folder, Path other) {
        return folder.toAbsolutePath().normalize().startsWith(other.toAbsolutePath().normalize());
    }

    private ExitStatus report(PrepareObjects.Prepared prepared) {
        List<List<String>> table = new ArrayList<>(List.of(List.of("class", "crops")));
        prepared.counts().forEach((name, count) -> table.add(List.of(name, Integer.toString(count))));
        if (table.size() > 1) {
            print(TextTable.of(table) + "\nThe set is " + Path.of(output, PrepareObjects.TABLE) + ".");
        }
        prepared.remarks().forEach(this::warn);
        return listed(prepared.rejected(), table.size() > 1 || !prepared.unlabelled().isEmpty()) ? ExitStatus.PARTIAL : ExitStatus.DONE;
    }

    /** Lists what could not be used; where nothing else came of it, that is a failure. */
    private boolean listed(List<RejectedItem> rejected, boolean useful) {
        List<String> lines = rejected.stream().map(item -> item.name() + ": " + item.reason()).toList();
        if (!useful && !lines.isEmpty()) {
            lines.stream().skip(1).forEach(this::warn);
            throw new LesionJException((lines.size() == 1 ? "" : "Nothing could be used; ") + lines.get(0));
        }
        lines.forEach(this::warn);
        return !lines.isEmpty();
    }
}
