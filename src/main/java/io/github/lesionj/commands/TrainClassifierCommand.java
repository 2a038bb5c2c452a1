package io.github.lesionj.commands;

import io.github.lesionj.batch.TrainingJob;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.modelpackage.ModelName;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.pipeline.TrainingRequest;
import io.github.lesionj.results.TrainingPlotWindow;
import io.github.lesionj.runtime.ArchitectureInfo;
import io.github.lesionj.runtime.TensorFlowService;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scijava.command.Command;
import org.scijava.convert.ConvertService;
import org.scijava.io.IOService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;

/** Trains a classifier on labelled images and writes it as a model package. */
@Plugin(type = Command.class, menuPath = "Plugins>LesionJ>Train Classifier...", headless = true,
    description = "Trains a network on your own labelled images and makes it a model that Classify Image... uses.")
public final class TrainClassifierCommand extends LesionCommand {

    @Parameter(label = "Data", style = "both", required = false, persist = false,
        description = "A folder with one sub-folder per class, a CSV with path and label (also group, site, split), or a "
            + "MedMNIST npz; #split picks a split.")
    private String data = "";

    @Parameter(label = "Validation", required = false, persist = false,
        description = "What the best epoch is chosen on: #split of the data, a fraction such as 0.2, or another path; "
            + "empty = the split val where there is one, else 0.2.")
    private String validation = "";

    @Parameter(label = "Output", style = "directory", required = false, persist = false,
        description = "Folder for the model package, the figures and the curves.")
    private String output = "";

    @Parameter(label = "Architecture", required = false, persist = false, description = "The network to train.")
    private String architecture = "explainable-cnn";

    @Parameter(label = "Size (px)", min = "0", max = "1024", required = false, persist = false,
        description = "Edge of the network's square input in pixels; 0 = chosen from the images (28 to 224).")
    private int size = 0;

    @Parameter(label = "Epochs", min = "1", max = "10000", required = false, persist = false,
        description = "How often every training image is seen.")
    private int epochs = 30;

    @Parameter(label = "Augment", required = false, persist = false,
        description = "Random changes of the training images: none, light, strong, or a list such as "
            + "rotation:10,translation:0.1,zoom:0.1.")
    private String augment = "light";

    @Parameter(label = "Positive class", required = false, persist = false,
        description = "The finding that sensitivity speaks of; empty = the only class not called normal, none, negative, benign or 0.")
    private String positive = "";

    @Parameter(label = "Install", required = false, persist = false,
        description = "Whether the finished model is put among your installed models.")
    private boolean install = false;

    @Parameter(label = "Model name", required = false, persist = false,
        description = "What the model is called; empty = the name of the output folder.")
    private String model_name = "";

    @Parameter(label = "Batch", min = "2", max = "1024", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Images per training step.")
    private int batch = 32;

    @Parameter(label = "Learning rate", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Peak of the learning rate (AdamW; linear warm-up, then cosine to zero).")
    private double learning_rate = 0.002;

    @Parameter(label = "Weight decay", min = "0", max = "1", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Decoupled weight decay of AdamW, on kernels only.")
    private double weight_decay = 0.05;

    @Parameter(label = "Dropout", min = "0", max = "0.95", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Share of the features left out before the last layer in training.")
    private double dropout = 0.2;

    @Parameter(label = "Label smoothing", min = "0", max = "0.5", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Share of the truth that is spread over all classes.")
    private double label_smoothing = 0.05;

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

    @Parameter(label = "Class names", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Names of the classes in their order, with commas; empty = as the data names them.")
    private String class_names = "";

    @Parameter(label = "Architecture options", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Settings of the architecture with commas, such as width=24,depth=1; empty = its defaults.")
    private String options = "";

    @Parameter(label = "Initial weights", style = "both", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "What to start from: a model package (folder or zip), a .safetensors file, or a .pth file with a state dict of "
            + "PyTorch; empty = at random.")
    private String initial_weights = "";

    @Parameter(label = "Resume", choices = {"auto", "no"}, required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "auto = an interrupted training in the output folder goes on where it was, a finished one is taken; "
            + "no = start anew.")
    private String resume = "auto";

    @Parameter(label = "Licence", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "SPDX identifier of the model's licence, for its card.")
    private String licence = "CC-BY-4.0";

    @Parameter(label = "Attribution", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Whose data the model stands on, for its card.")
    private String attribution = "";

    @Parameter(label = "Seed", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Decides initial weights, order, augmentation and dropout; the same seed on the same machine gives the same model.")
    private long seed = 1;

    @Parameter(label = "Device", choices = {"auto", "cpu", "gpu", "gpu:0"}, required = false, persist = false,
        attrs = @Attr(name = ADVANCED), description = "auto = a GPU where one works, else the processor.")
    private String device = "auto";

    @Parameter
    private TensorFlowService runtime;

    @Parameter
    private PluginService plugins;

    @Parameter(required = false)
    private IOService opener;

    @Parameter(required = false)
    private ConvertService converter;

    @Override
    public List<String> suggestions(String key) {
        return key.equals("architecture") ? runtime.backend().architectures().stream().map(ArchitectureInfo::id).toList() : List.of();
    }

    @Override
    protected ExitStatus execute() {
        if (data.isBlank() || output.isBlank()) {
            throw new UsageException("A training needs data and a folder for its results; name them with data= and output=.");
        }
        TrainingRequest request = request();
        TrainingJob.Finished finished = TrainingJob.run(request, runtime.backend(), new ImageFiles(opener, converter), this::print,
            new TrainingPlotWindow(request.modelName()), Exporters.installed(plugins), progress());
        if (install) {
            Path folder = ModelLibrary.store().install(finished.model().folder(),
                model -> ModelLibrary.verify(model, runtime.backend(), device));
            print("Installed in " + folder + ".");
        }
        return finished.status();
    }

    private TrainingRequest request() {
        Path folder = Path.of(output);
        String name = model_name.isBlank() ? ModelName.like(folderName(folder)) : ModelName.checked(model_name);
        return new TrainingRequest(label(), keyValues(), data, validation, list(class_names), positive, architecture, options(),
            size, channels, ResizeRule.valueOf(resize.toUpperCase(Locale.ROOT)), intensity, augment, epochs, batch, learning_rate,
            weight_decay, dropout, label_smoothing, seed, device, initial_weights.isBlank() ? null : Path.of(initial_weights),
            resume.equals("auto"), name, licence, attribution, folder);
    }

    private static String folderName(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }

    private static List<String> list(String text) {
        return text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    private Map<String, String> options() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String option : list(options)) {
            String[] parts = option.split("=", 2);
            if (parts.length < 2) {
                throw new UsageException("options=" + options + " is not understood at \"" + option + "\"; write width=24,depth=1.");
            }
            map.put(parts[0].strip(), parts[1].strip());
        }
        return map;
    }
}
