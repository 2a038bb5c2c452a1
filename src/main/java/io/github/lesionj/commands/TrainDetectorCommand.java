package io.github.lesionj.commands;

import io.github.lesionj.batch.TrainingJob;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.pipeline.DataRequest;
import io.github.lesionj.pipeline.DetectorRequest;
import io.github.lesionj.pipeline.NetworkRequest;
import io.github.lesionj.pipeline.TrainDetector;
import io.github.lesionj.pipeline.TrainingRequest;
import io.github.lesionj.results.TrainingPlotWindow;
import io.github.lesionj.runtime.ArchitectureInfo;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.TrainingSettings;
import java.util.Map;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a detector on images with boxes and writes it as a model package. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Train Detector...", headless = true,
    description = "Trains a network on your own images with boxes, ROIs or label images, and makes it a model that Detect Lesions... uses.")
public final class TrainDetectorCommand extends TrainerCommand {

    private static final String AUTO = "auto";

    @Parameter(label = "Size (px)", required = false, persist = false, attrs = @Attr(name = AFTER, value = "architecture"),
        description = "The network's input: a number of pixels, WIDTHxHEIGHT (multiples of 32), or auto = from the images; larger images are "
            + "looked at in tiles.")
    private String size = AUTO;

    @Parameter(label = "Scale", required = false, persist = false, attrs = @Attr(name = AFTER, value = "size"),
        description = "Pixels of the input for a pixel of an image, such as 0.5; auto = so that small objects have 16 pixels, never enlarged; "
            + "fit = whole images fitted into the input, whatever their size.")
    private String scale = AUTO;

    @Parameter(label = "Augment", required = false, persist = false, attrs = @Attr(name = AFTER, value = "epochs"),
        description = "Random changes of the training images, under which boxes move along: none, light, strong, or a list such as "
            + "light,flip_x,zoom:0.4,color:0.05,mosaic:0.5.")
    private String augment = "light";

    @Parameter(label = "Loss", choices = {AUTO, "cross-entropy", "focal"}, required = false, persist = false,
        attrs = {@Attr(name = ADVANCED), @Attr(name = AFTER, value = "model_name")}, description = "Of objectness and classes: cross-entropy; "
            + "focal = what is right already counts little; auto = the architecture's own.")
    private String loss = AUTO;

    @Parameter(label = "Focal alpha", min = "0", max = "1", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Of the focal loss: how much objects count, background 1 less this.")
    private double focal_alpha = 0.25;

    @Parameter(label = "Focal gamma", min = "0", max = "10", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Of the focal loss: how little easy places count; 0 = as much as hard ones.")
    private double focal_gamma = LossSettings.FOCAL_GAMMA;

    @Parameter(label = "Coordinates", choices = {AUTO, "giou", "mse"}, required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "What corners are taught by: giou = generalised overlap; mse = squared distances; auto = the architecture's own.")
    private String coordinates = AUTO;

    @Parameter(label = "Negatives", choices = {AUTO, "all", "hard"}, required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Which places without an object are learned from: all; hard = the most confident ones, three for each object; auto = the "
            + "architecture's own.")
    private String negatives = AUTO;

    @Parameter(label = "Anchors", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Of architectures with anchors: auto = from the training boxes, or sizes by level such as 4,8,16;8,16,32;16,32,64; empty = "
            + "the architecture's own.")
    private String anchors = "";

    @Parameter(label = "Channels", min = "0", max = "64", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Channels of the network's input; 0 = 1 where every image is grey, else as the images have.")
    private int channels = 0;

    @Parameter(label = "Intensity", choices = {AUTO, "type", "percentile", "zscore"}, required = false, persist = false,
        attrs = @Attr(name = ADVANCED), description = "How grey values are scaled: by the pixel type, between percentiles 0.5 and "
            + "99.5 of each image, or by its mean and deviation; auto = type for 8-bit images, else percentile.")
    private String intensity = AUTO;

    /** With the values that detectors begin with. */
    public TrainDetectorCommand() {
        super("yolo", 100, 8, 10, 0.998);
    }

    @Override
    String family() {
        return ArchitectureInfo.DETECTOR;
    }

    @Override
    protected ExitStatus execute() {
        checkDataAndOutput();
        TrainingRequest request = new TrainingRequest(label(), keyValues(),
            new DataRequest(data(), validation(), classNames(), "", augment),
            new NetworkRequest(architecture(), options(), 0, 0, channels, ResizeRule.LETTERBOX, intensity),
            new TrainingSettings(LossSettings.crossEntropy(0), new BatchSettings(batch(), accumulate(), BatchSettings.Sampler.SHUFFLE, 0, 0),
                optimizerSettings(), scheduleSettings(), startSettings()), seed(), modelRequest(), place());
        TrainDetector training = TrainDetector.prepare(request, new DetectorRequest(size, scale, anchors), backend(), imageFiles(), progress());
        TrainingJob.Finished finished = TrainingJob.run(training, backend(), this::print, new TrainingPlotWindow(request.model().name()),
            exporters(), progress());
        installIfAsked(finished.model());
        return finished.status();
    }

    /** An architecture refuses an option that it does not have, so each is set only where it is asked for. */
    private Map<String, String> options() {
        Map<String, String> options = architectureOptions();
        put(options, "loss", loss);
        put(options, "coordinates", coordinates);
        put(options, "negatives", negatives);
        if (loss.equals("focal")) {
            options.put("focal_alpha", Double.toString(focal_alpha));
            options.put("focal_gamma", Double.toString(focal_gamma));
        }
        return options;
    }

    private static void put(Map<String, String> options, String name, String value) {
        if (!value.equals(AUTO)) {
            options.put(name, value);
        }
    }
}
