package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.lesionj.batch.DetectorEvaluation;
import io.github.lesionj.batch.DetectorEvaluationRequest;
import io.github.lesionj.batch.EvaluationData;
import io.github.lesionj.batch.EvaluationRequest;
import io.github.lesionj.batch.ModelEvaluation;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.evaluation.OperatingRule;
import io.github.lesionj.evaluation.detection.DetectionOperatingRule;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.pipeline.JudgedCard;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.results.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Measures a model on labelled images, and fits a temperature, a threshold and an abstention for a copy of it. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Evaluate Model...", headless = true,
    description = "How good a classifier or a detector is on labelled images: figures with intervals, curves, the worst errors; calibration "
        + "and operating point for a copy of it.")
public final class EvaluateModel extends EngineCommand {

    @Parameter(label = "Model", style = "both", required = false, persist = false,
        description = "Name of an installed model, or a package's folder or zip; several with commas give the mean of "
            + "their probabilities.")
    private String model = "";

    @Parameter(label = "Data", style = "both", required = false, persist = false,
        description = "Labelled images that the model has not learned from: a folder with one sub-folder per class, a CSV with path and "
            + "label (also group, site, split), or a MedMNIST npz; for a detector images with boxes; #split picks a split.")
    private String data = "";

    @Parameter(label = "Output", style = "directory", required = false, persist = false,
        description = "Folder for figures, curves and tables. A folder with results of the same run is continued.")
    private String output = "";

    @Parameter(label = "Positive class", required = false, persist = false,
        description = "The finding that sensitivity speaks of; empty = as the model's card says.")
    private String positive = "";

    @Parameter(label = "Threshold", required = false, persist = false,
        description = "Probability from which an image is positive, 0 to 1 (with several labels: every class), or score from which a "
            + "detector's box counts; empty = as the model's card says, without one the most probable class.")
    private String threshold = "";

    @Parameter(label = "Aggregate", choices = {"mean", "max", "none"}, required = false, persist = false,
        description = "How the images of a group (patient) become one prediction, where the data have groups: the mean or the largest "
            + "probability. Its figures stand beside those per image.")
    private String aggregate = "mean";

    @Parameter(label = "Calibrate", choices = {"none", "temperature"}, required = false, persist = false,
        description = "temperature = fits a temperature on these data and writes a copy of the model with it to OUTPUT/model.")
    private String calibrate = "none";

    @Parameter(label = "Operating point", required = false, persist = false,
        description = "Chooses a threshold for a copy of the model in OUTPUT/model: youden, sensitivity:0.95 (at least that), or cost:5 (how "
            + "much worse a missed finding is than a false alarm); of a detector f1, precision:0.9, sensitivity:0.9, or false_alarms:1 (an "
            + "image); none = chooses none.")
    private String operating_point = "none";

    @Parameter(label = "Abstain", required = false, persist = false,
        description = "Probability of what was decided, below which the model is not confident, 0 to 1; written to a copy of the model in OUTPUT/model. "
            + "Empty = as the model's card says.")
    private String abstain = "";

    @Parameter(label = "Worst errors", min = "0", max = "1000", required = false, persist = false,
        description = "How many of the worst errors get a picture: what the network looked at, or an image with its misses and false alarms.")
    private int worst = 20;

    @Parameter(label = "Class names", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "What the labels 0, 1 ... of the data are called, with commas; empty = as the model's classes, in order.")
    private String class_names = "";

    @Parameter(label = "Bootstrap", min = "0", max = "100000", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Resamples for the 95 % intervals, of groups where the data have them, else of images; 0 = only the AUC's, "
            + "which needs none.")
    private int bootstrap = 2000;

    @Parameter(label = "Channel", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Which channel of multi-channel images, from 1; 0 = all, where the model takes that many.")
    private int channel = 0;

    @Parameter(label = "Pixel size (um)", min = "0", max = "100000", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "For a detector: width of a pixel in micrometres, in place of the images' own calibration; 0 = their own.")
    private double um_per_px = 0;

    @Parameter(label = "Batch", min = "1", max = "1024", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Images per step of the network; halved where memory does not hold it.")
    private int batch = 16;

    @Parameter(label = "Seed", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Decides which resamples are drawn; the same seed gives the same intervals.")
    private long seed = 1;

    @Parameter(label = "Device", choices = {"auto", "cpu", "gpu", "gpu:0"}, required = false, persist = false,
        attrs = @Attr(name = ADVANCED), description = "auto = a GPU where one works, else the processor.")
    private String device = "auto";

    @Override
    public List<String> suggestions(String key) {
        return key.equals("model") ? ModelLibrary.store().names() : List.of();
    }

    @Override
    protected ExitStatus execute() {
        ModelLibrary.chosen(model);
        if (data.isBlank() || output.isBlank()) {
            throw new UsageException("An evaluation needs labelled data and a folder for its results; name them with data= and output=.");
        }
        List<ModelPackage> models = ModelLibrary.open(model, backend());
        return models.stream().anyMatch(each -> each.card().isDetector()) ? detector(models) : classifier(models);
    }

    private ExitStatus detector(List<ModelPackage> models) {
        DetectorKeys.check(keyValues(), models);
        ModelCard stated = models.get(0).card();
        DetectionSettings settings = DetectorKeys.settings(stated, EvaluationKeys.share("threshold", threshold), um_per_px, batch);
        ModelPackage judged = models.get(0).with(stated.deciding(stated.positive(), settings.threshold(), stated.abstain()));
        DetectorEvaluationRequest request = new DetectorEvaluationRequest(label(), keyValues(),
            EvaluationData.open(data, class_names, stated, imageFiles()), judged, settings, device, channel, new Bootstrap(bootstrap, seed),
            DetectionOperatingRule.parse(operating_point), worst, Path.of(output), exporters());
        DetectorEvaluation.Finished finished = DetectorEvaluation.run(request, stated, backend(), progress());
        finished.evaluation().ifPresent(evaluation -> publish(DetectionSummary.text(evaluation), DetectionSummary.table(evaluation)));
        tell(finished.sentences(), finished.notes(), finished.fitted());
        if (!Reporter.isHeadless() && !finished.audit().isEmpty()) {
            finished.plots().values().forEach(plot -> plot.get().show());
            AuditWindow.show(finished.audit(), stated.classNames(), finished.images(), this::warn);
        }
        return end(finished.results().status(), finished.results().failures(), "searched");
    }

    private ExitStatus classifier(List<ModelPackage> models) {
        if (um_per_px > 0) {
            throw new UsageException("um_per_px= is for detectors, and the model " + models.get(0).card().name()
                + " is a classifier; leave it off.");
        }
        Optional<OperatingRule> operating = OperatingRule.parse(operating_point);
        ModelCard stated = models.get(0).card();
        double abstention = EvaluationKeys.share("abstain", abstain);
        double asked = EvaluationKeys.share("threshold", threshold);
        List<ModelPackage> judged = models.stream()
            .map(each -> each.with(JudgedCard.of(each.card(), positive, asked, abstention))).toList();
        EvaluationRequest request = new EvaluationRequest(label(), keyValues(),
            EvaluationData.open(data, class_names, stated, imageFiles()), judged, device, batch, channel,
            new Bootstrap(bootstrap, seed), EvaluationKeys.aggregation(aggregate), calibrate.equals("temperature"), operating, abstention, worst,
            Path.of(output), exporters());
        ModelEvaluation.Finished finished = ModelEvaluation.run(request, stated, backend(), progress());
        show(finished, request);
        return end(finished.results().status(), finished.results().failures(), "classified");
    }

    private void show(ModelEvaluation.Finished finished, EvaluationRequest request) {
        finished.evaluation().ifPresent(evaluation -> {
            EvaluationSummary summary = new EvaluationSummary(evaluation);
            publish(summary.text(), summary.table());
        });
        tell(finished.sentences(), finished.notes(), finished.fitted());
        if (!Reporter.isHeadless()) {
            finished.plots().values().forEach(plot -> plot.get().show());
            if (finished.confusion() != null) {
                new ImagePlus("Confusion matrix", finished.confusion()).show();
            }
            new WorstErrorsWindow(finished.worst(), request, backend(), this::warn).show();
        }
    }

    private void publish(String text, ResultsTable table) {
        print(text);
        Tables.publish(table);
    }

    private void tell(List<String> sentences, List<String> notes, Optional<ModelPackage> fitted) {
        sentences.forEach(this::print);
        notes.forEach(this::print);
        fitted.ifPresent(copy -> print("The new model " + copy.card().name() + " is in " + copy.folder() + "."));
    }
}
