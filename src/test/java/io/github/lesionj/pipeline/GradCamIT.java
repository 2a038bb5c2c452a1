package io.github.lesionj.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lesionj.commands.ClassifyImage;
import io.github.lesionj.commands.TrainClassifierCommand;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.door.TrainingImages;
import io.github.lesionj.modelpackage.HandWrittenCards;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.NoGradientException;
import io.github.lesionj.runtime.TensorFlowService;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Grad-CAM of our own models against their class activation maps, and of others' against TensorFlow's own gradients. */
@ExtendWith(Door.Extension.class)
class GradCamIT {

    @TempDir
    private Path folder;

    private static Backend backend(Door door) {
        return door.context().service(TensorFlowService.class).backend();
    }

    private static ModelPackage open(Door door, Path model) {
        return ModelLibrary.open(model.toString(), backend(door)).get(0);
    }

    /** As {@code grad_cam.py} makes it. */
    private static List<float[]> pattern(int batch, int size) {
        return IntStream.range(0, batch).mapToObj(item -> {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) (((long) item * size + i) * 7919 % 1009 / 1009.0);
            }
            return values;
        }).toList();
    }

    private static JsonObject reference(String model) throws IOException {
        try (InputStreamReader reader = new InputStreamReader(GradCamIT.class.getResourceAsStream("/gradcam/grad_cam.json"),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject().getAsJsonObject(model);
        }
    }

    private static float[] flat(JsonArray rows) {
        float[] values = new float[rows.size() * rows.get(0).getAsJsonArray().size()];
        for (int i = 0; i < values.length; i++) {
            int width = values.length / rows.size();
            values[i] = rows.get(i / width).getAsJsonArray().get(i % width).getAsFloat();
        }
        return values;
    }

    private static void assertClose(float[] expected, float[] found) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, value);
        }
        assertTrue(largest > 0, "a map that is not empty");
        assertArrayEquals(expected, found, 1e-5f * largest);
    }

    /** Selvaraju et al., section 3: of a network that ends in global average pooling and a dense layer both maps are one. */
    @Test
    void ofAResNetItIsTheClassActivationMapOverItsPositions(Door door) {
        Path data = TrainingImages.write(folder.resolve("data"), 6);
        Door.Run run = door.run(TrainClassifierCommand.class, "data", data, "validation", "0.34", "output", folder.resolve("out"),
            "architecture", "resnet18", "size", "28", "epochs", "1", "batch", "4", "device", "cpu");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        try (LoadedClassifier loaded = LoadedClassifier.openWithGradient(backend(door), open(door, folder.resolve("out/model")), "cpu")) {
            List<LoadedClassifier.Prediction> predictions = loaded.predict(pattern(3, 28 * 28));
            for (int explained = 0; explained < 2; explained++) {
                int[] classes = new int[3];
                Arrays.fill(classes, explained);
                List<FloatTensor> maps = loaded.gradCam(predictions, classes);
                for (int i = 0; i < 3; i++) {
                    FloatTensor cam = predictions.get(i).outputs().get(ModelSignature.CAM);
                    float[] expected = new float[maps.get(i).values().length];
                    for (int p = 0; p < expected.length; p++) {
                        expected[p] = Math.max(0, cam.values()[2 * p + explained]) / expected.length;
                    }
                    assertArrayEquals(new int[] {cam.shape()[0], cam.shape()[1], 1}, maps.get(i).shape());
                    float largest = 0;
                    for (float value : cam.values()) {
                        largest = Math.max(largest, Math.abs(value) / expected.length);
                    }
                    assertArrayEquals(expected, maps.get(i).values(), 1e-5f * largest);
                }
            }
        }
        classifiesTheSameWithAndWithoutMaps(door, data, folder.resolve("out/model"));
    }

    private void classifiesTheSameWithAndWithoutMaps(Door door, Path data, Path model) {
        for (String explain : List.of("grad-cam", "cam", "none")) {
            Door.Run run = door.run(ClassifyImage.class, "input", data.resolve("lesion"), "model", model, "output",
                folder.resolve(explain), "explain", explain, "batch", "4");
            assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        }
        assertEquals(ResultFiles.rows(folder.resolve("none")), ResultFiles.rows(folder.resolve("grad-cam")));
        assertTrue(Files.exists(folder.resolve("grad-cam/overlays/0.png.png")) && !Files.exists(folder.resolve("none/overlays/0.png.png")));
    }

    /** Functions, resource variables, a pooling behind the last convolution, a softmax at the end. */
    @Test
    void ofAKerasModelItIsWhatGradientTapeGives(Door door) throws Exception {
        JsonObject expected = reference("keras");
        Path model = HandWrittenCards.write(folder, "keras-grad-cam", Path.of(GradCamIT.class.getResource("/gradcam/keras").toURI()));
        try (LoadedClassifier loaded = LoadedClassifier.openWithGradient(backend(door), open(door, model), "cpu")) {
            List<LoadedClassifier.Prediction> predictions = loaded.predict(pattern(2, 16 * 16));
            float[] probabilities = flat(expected.getAsJsonArray("probabilities"));
            for (int i = 0; i < 6; i++) {
                assertEquals(probabilities[i], predictions.get(i / 3).probabilities()[i % 3], 1e-5);
            }
            for (int i = 0; i < 2; i++) {
                for (int explained = 0; explained < 3; explained++) {
                    int[] classes = {(explained + 1) % 3, explained};
                    FloatTensor map = loaded.gradCam(predictions, i == 1 ? classes : new int[] {explained, 0}).get(i);
                    assertClose(flat(expected.getAsJsonArray("maps").get(i).getAsJsonArray().get(explained).getAsJsonArray()), map.values());
                }
            }
        }
    }

    /** TensorFlow 1, reference variables, no functions. */
    @Test
    void ofACifarNetworkItIsWhatTensorFlow1Gives(Door door) throws IOException {
        Path savedModel = Path.of(System.getProperty("lesionj.shared"), "data", "savedmodels", "cifar_saved_model");
        assumeTrue(Files.isDirectory(savedModel), "skipped: no shared data here");
        JsonObject expected = reference("cifar");
        try (LoadedClassifier loaded = LoadedClassifier.openWithGradient(backend(door),
                open(door, HandWrittenCards.write(folder, "cifar-cnn", savedModel)), "cpu")) {
            List<LoadedClassifier.Prediction> predictions = loaded.predict(pattern(2, 32 * 32 * 3));
            for (int k = 0; k < expected.getAsJsonArray("classes").size(); k++) {
                int explained = expected.getAsJsonArray("classes").get(k).getAsInt();
                List<FloatTensor> maps = loaded.gradCam(predictions, new int[] {explained, explained});
                for (int i = 0; i < 2; i++) {
                    assertClose(flat(expected.getAsJsonArray("maps").get(i).getAsJsonArray().get(k).getAsJsonArray()), maps.get(i).values());
                }
            }
        }
    }

    @Test
    void aModelWithoutConvolutionHasNone(Door door) throws IOException {
        Path model = TinyModel.named("no-maps").withoutMaps().write(folder);
        NoGradientException reason = assertThrows(NoGradientException.class,
            () -> LoadedClassifier.openWithGradient(backend(door), open(door, model), "cpu"));
        assertEquals("it has no convolution", reason.getMessage());

        TestImages.flat(folder.resolve("in/a.png"), 40);
        Door.Run asked = door.run(ClassifyImage.class, "input", folder.resolve("in"), "model", model, "output", folder.resolve("asked"),
            "explain", "grad-cam");
        assertEquals(ExitStatus.USAGE, asked.status());
        assertTrue(asked.sentence().contains("no-maps gives no Grad-CAM: it has no convolution"), asked.sentence());

        Door.Run auto = door.run(ClassifyImage.class, "input", folder.resolve("in"), "model", model, "output", folder.resolve("auto"));
        assertEquals(ExitStatus.DONE, auto.status(), auto.sentence());
        assertTrue(auto.err().contains("it has no convolution"), auto.err());
        assertTrue(Files.readString(folder.resolve("auto/run.json")).contains("it has no convolution"));
        assertEquals(1, ResultFiles.rows(folder.resolve("auto")).size());
    }
}
