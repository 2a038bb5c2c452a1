package io.github.lesionj.commands;

import io.github.lesionj.batch.CrossValidationJob;
import io.github.lesionj.batch.TrainingJob;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.dataset.FoldRule;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.pipeline.DataRequest;
import io.github.lesionj.pipeline.NetworkRequest;
import io.github.lesionj.pipeline.TrainingRequest;
import io.github.lesionj.results.TrainingPlotWindow;
import java.util.Map;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a classifier on labelled images and writes it as a model package. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Train Classifier...", headless = true,
    description = "Trains a network on your own labelled images and makes it a model that Classify Image... uses.")
public final class TrainClassifierCommand extends ClassifierTrainerCommand {

    private static final String PLAIN = "plain";

    @Parameter(label = "Size (px)", min = "0", max = "1024", required = false, persist = false,
        attrs = @Attr(name = AFTER, value = "architecture"),
        description = "Edge of the network's square input in pixels; 0 = chosen from the images (28 to 224).")
    private int size = 0;

    @Parameter(label = "Augment", required = false, persist = false, attrs = @Attr(name = AFTER, value = "epochs"),
        description = "Random changes of the training images: none, light, strong, or a list such as "
            + "rotation:10,translation:0.1,zoom:0.1.")
    private String augment = "light";

    @Parameter(label = "Positive class", required = false, persist = false,
        description = "The finding that sensitivity speaks of; empty = the only class not called normal, none, negative, benign or 0.")
    private String positive = "";

    @Parameter(label = "Head", choices = {PLAIN, "medical"}, required = false, persist = false,
        attrs = {@Attr(name = ADVANCED), @Attr(name = AFTER, value = "options")},
        description = "The network's last layers: plain = one layer, as published networks have; medical = two layers with dropout "
            + "between, for few images. Not every architecture has both.")
    private String head = PLAIN;

    @Parameter(label = "Channels", min = "0", max = "64", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Channels of the network's input; 0 = 1 where every image is grey, else as the images have.")
    private int channels = 0;

    @Parameter(label = "Resize", choices = {"letterbox", "stretch", "crop"}, required = false, persist = false,
        attrs = @Attr(name = ADVANCED), description = "How images become square: letterbox = padded, nothing is lost; stretch = "
            + "proportions change; crop = the centre of the short edge, the rest is not seen.")
    private String resize = "letterbox";

    @Parameter(label = "Intensity", choices = {"auto", "type", "percentile", "zscore"}, required = false, persist = false,
        attrs = @Attr(name = ADVANCED), description = "How grey values are scaled: by the pixel type, between percentiles 0.5 and "
            + "99.5 of each image, or by its mean and deviation; auto = type for 8-bit images, else percentile.")
    private String intensity = "auto";

    @Override
    protected ExitStatus execute() {
        checkDataAndOutput();
        TrainingRequest request = new TrainingRequest(label(), keyValues(),
            new DataRequest(data(), validation(), classNames(), positive, augment),
            new NetworkRequest(architecture(), options(), dropout(), size, channels, word(ResizeRule.class, resize), intensity),
            trainingSettings(), seed(), modelRequest(), place());
        FoldRule folds = foldRule();
        TrainingJob.Finished finished = folds.isAsked()
            ? CrossValidationJob.run(request, folds, backend(), imageFiles(), this::print, TrainingPlotWindow::new, exporters(), progress())
            : TrainingJob.run(request, backend(), imageFiles(), this::print, new TrainingPlotWindow(request.model().name()), exporters(),
                progress());
        installIfAsked(finished.model());
        return finished.status();
    }

    /** An architecture that knows no other head refuses the option, so it is set only where it is asked for. */
    private Map<String, String> options() {
        Map<String, String> options = architectureOptions();
        if (!head.equals(PLAIN)) {
            options.put("head", head);
        }
        return options;
    }
}
