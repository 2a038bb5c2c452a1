package io.github.lesionj.commands;

import io.github.lesionj.batch.BatchInputs;
import io.github.lesionj.batch.ClassifyImages;
import io.github.lesionj.batch.CropMargin;
import io.github.lesionj.batch.ItemWriter;
import io.github.lesionj.batch.ObjectSource;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.results.ResultSet;
import io.github.lesionj.results.Tables;
import java.nio.file.Path;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Classifies the active image, a file, a folder or a data set, and shows what the network looked at. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Classify Image...", headless = true,
    description = "Class probabilities, an attention overlay and its outline as a ROI, for the active image, a file, a folder "
        + "or a data set.")
public final class ClassifyImage extends EngineCommand {

    @Parameter(label = "Input", style = "both", required = false, persist = false,
        description = "An image file, a folder (read with all its folders), or a data set such as chest.csv#val; "
            + "empty = the active image, every slice of a stack.")
    private String input = "";

    @Parameter(label = "Model", style = "both", required = false, persist = false,
        description = "Name of an installed model, or a package's folder or zip; several with commas give the mean of "
            + "their probabilities.")
    private String model = "";

    @Parameter(label = "Output", style = "directory", required = false, persist = false,
        description = "Folder for tables, overlays and ROIs; may stay empty for the active image, which is then only shown. "
            + "A folder with results of the same run is continued.")
    private String output = "";

    @Parameter(label = "Explain", choices = {"auto", "attention", "cam", "grad-cam", "none"}, required = false, persist = false,
        description = "Which map to show: attention, class activation map (cam), gradient-weighted map (grad-cam), none; "
            + "auto = attention where the model has it, else cam, else grad-cam.")
    private String explain = "auto";

    @Parameter(label = "Channel", min = "0", required = false, persist = false,
        description = "Which channel of a multi-channel image, from 1; 0 = all, where the model takes that many.")
    private int channel = 0;

    @Parameter(label = "ROIs", style = "both", required = false, persist = false,
        description = "Classify each ROI and not the whole image: manager, overlay, a .zip or .roi file, or a folder with PATH.zip for "
            + "each image; none = the whole image. The ROIs are renamed, coloured and grouped by class.")
    private String rois = "none";

    @Parameter(label = "Margin", min = "-1", max = "200", required = false, persist = false,
        description = "How much of a ROI's surroundings the model sees: percent of its longer edge, on each side; -1 = what the model's card "
            + "says it learned from, else 20.")
    private double margin = CropMargin.OF_THE_MODEL;

    @Parameter(label = "Device", choices = {"auto", "cpu", "gpu", "gpu:0"}, required = false, persist = false,
        description = "auto = a GPU where one works, else the processor; gpu without a working GPU is an error.")
    private String device = "auto";

    @Parameter(label = "Batch", min = "1", max = "1024", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Images per step of the network; halved where memory does not hold it.")
    private int batch = 16;

    @Parameter(label = "Seed", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Nothing of a classification is drawn at random: it only stands in the ledger, as for other commands.")
    private long seed = 1;

    @Override
    public List<String> suggestions(String key) {
        return key.equals("model") ? ModelLibrary.store().names() : key.equals("rois") ? ObjectSource.WORDS : List.of();
    }

    @Override
    protected ExitStatus execute() {
        List<ModelPackage> models = ModelLibrary.open(ModelLibrary.chosen(model), backend());
        BatchInputs whole = inputs(models.get(0).card().classNames());
        RoiKey key = new RoiKey(rois, activeImage().filter(image -> input.isBlank()).orElse(null));
        BatchInputs inputs = key.objects(whole).map(objects -> whole.objects(objects, CropMargin.of(margin, models, this::warn))).orElse(whole);
        ClassifyImages.Request request = new ClassifyImages.Request(label(), keyValues(), inputs, models, explain(inputs != whole),
            device, batch, channel, output.isBlank() ? null : Path.of(output), exporters());
        ResultSet results = inputs == whole ? ClassifyImages.run(request, backend(), display(), progress())
            : ClassifyImages.run(request, backend(), key.display(), progress());
        Tables.publish(Tables.of(results));
        return end(results.status(), results.failures(), "classified");
    }

    private Explain explain(boolean objects) {
        Explain map = Explain.of(explain);
        if (!objects) {
            return map;
        }
        if (map != Explain.AUTO && map != Explain.NONE) {
            throw new UsageException("Maps are not drawn for ROIs: leave explain=" + explain + " out, or classify one ROI as the "
                + "selection of the image, without rois=.");
        }
        return Explain.NONE;
    }

    private ItemWriter.Display display() {
        return input.isBlank() ? new ActiveImageDisplay(activeImage().orElseThrow(), this::warn)
            : ItemWriter.Display.nothing(this::warn);
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
