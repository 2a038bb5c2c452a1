package io.github.lesionj.commands;

import ij.IJ;
import ij.ImagePlus;
import io.github.lesionj.batch.BatchInputs;
import io.github.lesionj.batch.DetectImages;
import io.github.lesionj.batch.DetectionDisplay;
import io.github.lesionj.batch.PlaneSearch;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.CandidateBoxes;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.DetectionChoice;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.results.DetectionSet;
import io.github.lesionj.results.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.NumberWidget;

/** Finds objects in the active image, a file, a folder or a data set, and gives them back as ROIs. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Detect Lesions...", headless = true,
    description = "Boxes of lesions, cells or whatever a detector learned, as ROIs and a table, for the active image, a file, a folder or a "
        + "data set, of any size.")
public final class DetectLesions extends EngineCommand implements PreviewedCommand {

    /** ImageJ's status line. */
    private static final Listener STATUS_LINE = new Listener() {
        @Override
        public void said(String line) {
            IJ.showStatus(line);
        }

        @Override
        public void refused(String sentence) {
            IJ.showStatus(sentence);
        }
    };

    private Listener listener = STATUS_LINE;
    private DetectionPreview shown;
    /** Whether the dialog is over: what a host still tells of its changes then comes too late. */
    private boolean answered;

    @Parameter(label = "Input", style = "both", required = false, persist = false,
        description = "An image file, a folder (read with all its folders), or a data set such as bccd#val; empty = the active image, every "
            + "slice of a stack, of which an active ROI is searched alone.")
    private String input = "";

    @Parameter(label = "Model", style = "both", required = false, persist = false,
        description = "Name of an installed detector, or a package's folder or zip.")
    private String model = "";

    @Parameter(label = "Output", style = "directory", required = false, persist = false,
        description = "Folder for tables, overlays and ROIs; may stay empty for the active image, which is then only shown. "
            + "A folder with results of the same run is continued.")
    private String output = "";

    @Parameter(label = "Threshold", min = "-1", max = "1", stepSize = "0.01", style = NumberWidget.SLIDER_STYLE, required = false, persist = false,
        attrs = @Attr(name = SLIDER_FROM, value = "0"),
        description = "Least score of a box, 0 to 1: higher gives fewer false alarms, lower fewer misses; -1 = as the model's card says.")
    private double threshold = DetectionChoice.OF_THE_MODEL;

    @Parameter(label = "NMS", min = "-1", max = "1", stepSize = "0.01", style = NumberWidget.SLIDER_STYLE, required = false, persist = false,
        attrs = @Attr(name = SLIDER_FROM, value = "0"),
        description = "Overlap (IoU, 0 to 1) above which two boxes of a class are one object; lower it where objects are found twice, raise it "
            + "where they crowd; -1 = as the model's card says.")
    private double nms = DetectionChoice.OF_THE_MODEL;

    @Parameter(label = "Channel", min = "0", required = false, persist = false,
        description = "Which channel of a multi-channel image, from 1; 0 = all, where the model takes that many.")
    private int channel = 0;

    @Parameter(label = "Pixel size (um)", min = "0", max = "100000", required = false, persist = false,
        description = "Width of a pixel in micrometres, in place of the image's own calibration; 0 = the image's own. Only for models that "
            + "learned from calibrated images.")
    private double um_per_px = 0;

    @Parameter(label = "Device", choices = {"auto", "cpu", "gpu", "gpu:0"}, required = false, persist = false,
        description = "auto = a GPU where one works, else the processor; gpu without a working GPU is an error.")
    private String device = "auto";

    @Parameter(label = "Preview", required = false, persist = false, attrs = @Attr(name = DIALOG_ONLY),
        description = "In the dialog: show on the active image's plane what would be found, for every change; nothing is recorded or "
            + "written. Elsewhere it does nothing.")
    private boolean preview = false;

    @Parameter(label = "Max detections", min = "1", max = "100000", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Boxes of an image at most, those of the highest scores.")
    private int max_detections = CandidateBoxes.MOST;

    @Parameter(label = "Batch", min = "1", max = "256", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Images or tiles per step of the network; halved where memory does not hold it.")
    private int batch = 8;

    @Parameter(label = "Seed", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Nothing of a detection is drawn at random: it only stands in the ledger, as for other commands.")
    private long seed = 1;

    @Override
    public List<String> suggestions(String key) {
        return key.equals("model") ? ModelLibrary.store().names() : List.of();
    }

    @Override
    protected ExitStatus execute() {
        ModelPackage detector = ModelLibrary.single(model, backend());
        DetectImages.Request request = new DetectImages.Request(label(), keyValues(), inputs(detector.card().classNames()), detector,
            choice().with(detector.card()), device, channel, output.isBlank() ? null : Path.of(output), exporters());
        DetectionSet results = DetectImages.run(request, backend(), display(), progress());
        Tables.publish(Tables.of(results.rows()));
        print(results.boxes() + (results.boxes() == 1 ? " object on " : " objects on ") + results.rows().size()
            + (results.rows().size() == 1 ? " image." : " images."));
        return end(results.status(), results.failures(), "searched");
    }

    private DetectionChoice choice() {
        return new DetectionChoice(threshold, nms, max_detections, um_per_px == 0 ? Double.NaN : um_per_px, batch);
    }

    private DetectionDisplay display() {
        return input.isBlank() ? new ActiveImageBoxes(activeImage().orElseThrow()) : DetectionDisplay.NONE;
    }

    @Override
    public void setListener(Listener other) {
        listener = other;
    }

    @Override
    public synchronized void preview() {
        if (answered) {
            return;
        }
        if (!preview) {
            hide();
        } else if (!Reporter.isHeadless()) {
            show();
        }
    }

    private void hide() {
        if (shown != null) {
            shown.hide();
            listener.said("");
        }
    }

    private void show() {
        if (shown == null) {
            shown = new DetectionPreview(new PlaneSearch(this::backend), listener);
        }
        try {
            shown.show(request());
        } catch (UsageException e) {
            shown.refuse(e.getMessage());
        }
    }

    private PlaneSearch.Request request() {
        if (!input.isBlank()) {
            throw new UsageException("The preview is of the active image: leave Input empty for it.");
        }
        ImagePlus image = activeImage().orElseThrow(() -> new UsageException("There is no image to preview: open one first."));
        return new PlaneSearch.Request(image, ModelLibrary.chosen(model), device, channel, choice());
    }

    @Override
    public synchronized void cancel() {
        answered = true;
        if (shown != null) {
            shown.end();
        }
    }

    @Override
    public synchronized OptionalDouble inEffect(String key) {
        DetectionSettings settings = shown == null ? null : shown.inEffect().orElse(null);
        return settings == null ? OptionalDouble.empty() : switch (key) {
            case "threshold" -> OptionalDouble.of(settings.threshold());
            case "nms" -> OptionalDouble.of(settings.nms());
            default -> OptionalDouble.empty();
        };
    }

    private BatchInputs inputs(List<String> classNames) {
        if (input.isBlank()) {
            return BatchInputs.of(activeImage().orElseThrow(() -> new UsageException(
                "There is no image: open one, or name a file or folder with input=.")));
        }
        if (output.isBlank()) {
            throw new UsageException("Results of files need a folder; name one with output=.");
        }
        return BatchInputs.of(input, imageFiles(), classNames);
    }
}
