package io.github.lesionj.modelpackage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Cards that a person would write for SavedModels of others; the models themselves lie in the shared data. */
public final class HandWrittenCards {

    /** Card to the folder of its SavedModel in {@code data/savedmodels}. */
    public static final Map<String, String> SAVED_MODELS = Map.of(
        "cifar-cnn", "cifar_saved_model",
        "keras-mnist-cnn", "keras_simple_model_from_auto_compile",
        "mnist-regression", "mnist_lr_model");

    private HandWrittenCards() {
    }

    /** Puts a card and a copy of a SavedModel into {@code folder/NAME}, as a user would. */
    public static Path write(Path folder, String name, Path savedModel) throws IOException {
        Path model = Files.createDirectories(folder.resolve(name));
        try (InputStream card = HandWrittenCards.class.getResourceAsStream("/cards/" + name + ".yaml")) {
            Files.copy(card, model.resolve("rdf.yaml"));
        }
        WholeFolder.copy(savedModel, model.resolve("saved_model"));
        return model;
    }
}
