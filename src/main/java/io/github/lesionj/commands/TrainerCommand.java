package io.github.lesionj.commands;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelName;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.pipeline.ModelRequest;
import io.github.lesionj.runtime.ArchitectureInfo;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingPlace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** The part of the form that all trainers share: data, place, how weights are changed, and the model that comes of it. */
abstract class TrainerCommand extends EngineCommand {

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
    private String architecture;

    @Parameter(label = "Epochs", min = "1", max = "10000", required = false, persist = false,
        description = "How often every training image is seen.")
    private int epochs;

    @Parameter(label = "Install", required = false, persist = false,
        description = "Whether the finished model is put among your installed models.")
    private boolean install = false;

    @Parameter(label = "Model name", required = false, persist = false,
        description = "What the model is called; empty = the name of the output folder.")
    private String model_name = "";

    @Parameter(label = "Batch", min = "2", max = "1024", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Images that are in memory at once; take fewer where memory is short.")
    private int batch;

    @Parameter(label = "Accumulate", min = "1", max = "1024", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Batches per training step: 4 batches of 8 act like one of 32 that memory would not hold (but for batch "
            + "normalisation, which sees 8).")
    private int accumulate = 1;

    @Parameter(label = "Learning rate", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Peak of the learning rate: how far a step moves the weights. 0.002 suits adamw from the start, 0.0001 to "
            + "0.0005 given weights, 0.01 to 0.1 sgd.")
    private double learning_rate = 0.002;

    @Parameter(label = "Warm-up", min = "0", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Time in which the learning rate rises to its peak: below 1 a share of the training, 1 and more epochs.")
    private double warmup = ScheduleSettings.WARMUP;

    @Parameter(label = "Schedule", choices = {"cosine", "constant"}, required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "The learning rate after the warm-up: cosine = falls to zero, which mostly ends best; constant = stays.")
    private String schedule = "cosine";

    @Parameter(label = "Optimizer", choices = {"adamw", "sgd"}, required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "How weights follow the gradient: adamw = with a step size for each weight, easy to set; sgd = with momentum, "
            + "needs another learning rate.")
    private String optimizer = "adamw";

    @Parameter(label = "Momentum", min = "0", max = "0.999", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Of sgd: share of the last step that the next one takes along.")
    private double momentum = OptimizerSettings.MOMENTUM;

    @Parameter(label = "Weight decay", min = "0", max = "1", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Pulls the kernels towards zero, against learning by heart; decoupled in adamw, a part of the gradient in sgd "
            + "(there 0.0001 is usual).")
    private double weight_decay = 0.05;

    @Parameter(label = "Clip", min = "0", max = "1000000", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Largest length of the gradient: a longer one is shortened, so that no odd batch throws the weights off; 0 = "
            + "any, which is a little faster.")
    private double clip;

    @Parameter(label = "Weight average", min = "0", max = "0.99999", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Decay of a moving average of the weights (EMA) that is validated and kept in their place, such as 0.999; 0 = off.")
    private double ema;

    @Parameter(label = "Patience", min = "0", max = "10000", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Training ends early after this many epochs without a better validation; 0 = never.")
    private int patience = 0;

    @Parameter(label = "Initial weights", style = "both", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "What to start from: an installed model, a package (folder or zip), a .safetensors file, or a .pth file with a "
            + "state dict of PyTorch; empty = at random.")
    private String initial_weights = "";

    @Parameter(label = "Backbone", choices = {"train", "freeze"}, required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "train = the whole network learns; freeze = only its head does, on what the initial weights see: faster, and "
            + "better with few images.")
    private String backbone = "train";

    @Parameter(label = "Backbone rate", min = "0", max = "1", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Learning rate of all but the head, as a factor; 0.1 keeps more of the initial weights.")
    private double backbone_rate = 1;

    @Parameter(label = "Class names", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Names of the classes in their order, with commas; empty = as the data names them.")
    private String class_names = "";

    @Parameter(label = "Architecture options", required = false, persist = false, attrs = @Attr(name = ADVANCED),
        description = "Settings of the architecture with commas, such as width=24,depth=1; empty = its defaults.")
    private String options = "";

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

    /** Values that the tasks begin with. */
    TrainerCommand(String architecture, int epochs, int batch, double clip, double ema) {
        this.architecture = architecture;
        this.epochs = epochs;
        this.batch = batch;
        this.clip = clip;
        this.ema = ema;
    }

    /** Of the architectures that the form offers, see {@link ArchitectureInfo#family()}. */
    abstract String family();

    @Override
    public List<String> suggestions(String key) {
        return switch (key) {
            case "architecture" -> backend().architectures().stream().filter(info -> info.family().equals(family())).map(ArchitectureInfo::id).toList();
            case "initial_weights" -> ModelLibrary.store().names();
            default -> List.of();
        };
    }

    /** Refuses a training that has nothing to read or nowhere to write. */
    protected final void checkDataAndOutput() {
        if (data.isBlank() || output.isBlank()) {
            throw new UsageException("A training needs data and a folder for its results; name them with data= and output=.");
        }
    }

    protected final String data() {
        return data;
    }

    protected final String validation() {
        return validation;
    }

    protected final String architecture() {
        return architecture;
    }

    protected final int batch() {
        return batch;
    }

    protected final int accumulate() {
        return accumulate;
    }

    protected final long seed() {
        return seed;
    }

    protected final List<String> classNames() {
        return list(class_names);
    }

    protected final OptimizerSettings optimizerSettings() {
        return new OptimizerSettings(word(OptimizerSettings.Kind.class, optimizer), momentum, weight_decay, clip, ema);
    }

    protected final ScheduleSettings scheduleSettings() {
        return new ScheduleSettings(epochs, learning_rate, warmup, word(ScheduleSettings.Shape.class, schedule), patience);
    }

    protected final StartSettings startSettings() {
        return new StartSettings(initial_weights.isBlank() ? null : ModelLibrary.weights(initial_weights), backbone.equals("freeze"), backbone_rate);
    }

    protected final ModelRequest modelRequest() {
        Path folder = Path.of(output).toAbsolutePath().normalize().getFileName();
        String name = model_name.isBlank() ? ModelName.like(folder == null ? "" : folder.toString()) : ModelName.checked(model_name);
        return new ModelRequest(name, licence, attribution);
    }

    protected final TrainingPlace place() {
        return new TrainingPlace(device, resume.equals("auto"), Path.of(output));
    }

    /** The architecture's options as they were written. */
    protected final Map<String, String> architectureOptions() {
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

    /** Puts a model among the installed ones where the form says so. */
    protected final void installIfAsked(ModelPackage model) {
        if (install) {
            Path folder = ModelLibrary.store().install(model.folder(), each -> ModelLibrary.verify(each, backend(), device));
            print("Installed in " + folder + ".");
        }
    }

    private static List<String> list(String text) {
        return text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    /** The constant that a choice of the form stands for: {@code cross-entropy} is {@code CROSS_ENTROPY}. */
    protected static <E extends Enum<E>> E word(Class<E> type, String choice) {
        return Enum.valueOf(type, choice.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
