package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.CardReader;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelStore;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.modelpackage.PackageVerifier;
import io.github.lesionj.modelpackage.UserFolders;
import io.github.lesionj.runtime.AppFolder;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.Predictor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The models of this installation: the user's own and those that came with LesionJ. */
public final class ModelLibrary {

    private ModelLibrary() {
    }

    /** Where models are found by name, installed and removed. */
    public static ModelStore store() {
        return new ModelStore(UserFolders.models(), List.of(AppFolder.find().shippedModels()), new PackageReader());
    }

    /**
     * Opens the models that the key {@code model} names.
     *
     * @param models  names, folders or zips; several with commas
     * @param backend says what a SavedModel without a card takes
     */
    public static List<ModelPackage> open(String models, Backend backend) {
        ModelStore store = store();
        List<ModelPackage> packages = new ArrayList<>();
        for (String model : names(models)) {
            refuseBareSavedModel(model, backend);
            packages.add(store.find(model));
        }
        return packages;
    }

    /**
     * Opens the one model that the key {@code model} names.
     *
     * @param model   name, folder or zip
     * @param backend says what a SavedModel without a card takes
     */
    public static ModelPackage single(String model, Backend backend) {
        List<ModelPackage> packages = open(chosen(model), backend);
        if (packages.size() > 1) {
            throw new UsageException("model=" + model + " names " + packages.size() + " models; this command takes one.");
        }
        return packages.get(0);
    }

    /** Refuses an empty key, and says what there is. */
    public static String chosen(String models) {
        if (models.isBlank()) {
            throw new UsageException("No model was chosen; give its name, folder or zip with model=. Installed are "
                + String.join(", ", store().names()) + ".");
        }
        return models;
    }

    /**
     * Where the weights are that a training starts from.
     *
     * @param weights a file or folder, or the name of an installed model; a path that is not there stays as it is
     */
    public static Path weights(String weights) {
        ModelStore store = store();
        return !isThere(weights) && store.names().contains(weights.strip()) ? store.find(weights).folder() : Path.of(weights);
    }

    /** A folder may have a comma in its name. */
    private static List<String> names(String models) {
        if (isThere(models.strip())) {
            return List.of(models.strip());
        }
        List<String> names = Arrays.stream(models.split(",", -1)).map(String::strip).toList();
        if (names.contains("")) {
            throw new UsageException("model=" + models + " names no model before or after a comma; write name,name.");
        }
        return names;
    }

    private static void refuseBareSavedModel(String model, Backend backend) {
        if (isThere(model) && Files.exists(Path.of(model, "saved_model.pb")) && !Files.exists(Path.of(model, CardReader.FILE))
            && !Files.exists(Path.of(model, "bioimageio.yaml"))) {
            throw new UsageException("The folder " + model + " holds a SavedModel without a card that would say what it sees: it has "
                + SignatureCheck.describe(backend.inspect(Path.of(model))) + "; if that is an image, write an " + CardReader.FILE
                + " beside it.");
        }
    }

    private static boolean isThere(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Lets a package prove itself on this machine: its network must reproduce its test tensors.
     *
     * @return the largest difference that was found
     */
    public static double verify(ModelPackage model, Backend backend, String device) {
        return PackageVerifier.verify(model, (savedModel, signature, inputs) -> {
            try (Predictor predictor = backend.open(savedModel, signature, device)) {
                return predictor.predict(inputs);
            }
        });
    }

    /**
     * Writes the weights of a package alone.
     *
     * @param output a safetensors file
     * @return sentences: what was written, and how Python loads it
     */
    public static List<String> exportWeights(ModelPackage model, Backend backend, Path output) {
        Path weights = model.folder().resolve("weights.safetensors");
        if (!Files.isRegularFile(weights)) {
            throw new UsageException("The model " + model.card().name() + " has no weights.safetensors, only its SavedModel: weights of"
                + " models that a training of LesionJ wrote can be exported. Take a .zip for the whole package.");
        }
        List<String> sentences = new ArrayList<>(backend.exportWeights(weights, model.card().architecture(), output));
        InputRule input = model.card().input();
        sentences.add("What it takes: " + input.width() + " x " + input.height() + " px, resized by " + input.resize().name().toLowerCase(Locale.ROOT)
            + ", pixel values v as " + input.intensity().formula() + ".");
        return sentences;
    }
}
