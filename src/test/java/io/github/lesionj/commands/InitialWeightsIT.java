package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.network.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code initial_weights} and the export of weights, through the wall. */
@ExtendWith(Door.Extension.class)
class InitialWeightsIT {

    /** Of the model that several tests start from. */
    @TempDir
    private static Path first;

    @TempDir
    private Path folder;
    private Path data;

    @BeforeEach
    void images() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < 4; i++) {
            TestImages.flat(data.resolve("normal/" + i + ".png"), 20 + 5 * i);
            TestImages.flat(data.resolve("lesion/" + i + ".png"), 200 + 5 * i);
        }
    }

    private Door.Run train(Door door, Path output, Object... more) {
        List<Object> keys = new ArrayList<>(List.of("data", data.toString(), "output", output, "size", 16, "epochs", 1, "batch", 4,
            "augment", "none", "options", "width=4,depth=1,stages=2"));
        keys.addAll(Arrays.asList(more));
        Door.Run run = door.run(TrainClassifierCommand.class, keys.toArray());
        assertFalse((run.err() + run.out()).contains("\tat "), run.err());
        return run;
    }

    private Path trained(Door door) {
        Path output = first.resolve("first-model");
        if (!Files.exists(output.resolve("model"))) {
            assertEquals(ExitStatus.DONE, train(door, output).status());
        }
        return output.resolve("model");
    }

    @Test
    void aPackageIsStartedFromAsFolderAsZipAndByItsFile(Door door) throws IOException {
        Path model = trained(door);
        Path zip = folder.resolve("first.zip");
        assertEquals(ExitStatus.DONE, door.run(ManageModels.class, "action", "export", "model", model, "output", zip).status());
        int number = 0;
        for (Path weights : List.of(model, zip, model.resolve("weights.safetensors"))) {
            Path output = folder.resolve("further-" + number++);
            Door.Run run = train(door, output, "initial_weights", weights, "learning_rate", 1e-30, "weight_decay", 0);
            assertEquals(ExitStatus.DONE, run.status(), run.sentence());
            String sentence = "Started from weights.safetensors: 30 tensors of the backbone, and the head.";
            assertTrue(run.out().contains(sentence), run.out());
            assertTrue(ResultFiles.ledger(output).get("remarks_on_training").toString().contains(sentence));
            assertTrue(Files.readString(output.resolve("model/rdf.yaml")).replaceAll("\\s+", " ").contains(sentence));
            Map<String, FloatTensor> before = Safetensors.read(model.resolve("weights.safetensors"));
            Map<String, FloatTensor> after = Safetensors.read(output.resolve("model/weights.safetensors"));
            assertEquals(before.get("head.weight"), after.get("head.weight"));
            assertEquals(before.get("stem.conv.weight"), after.get("stem.conv.weight"));
        }
    }

    @Test
    void anInstalledModelIsStartedFromByItsName(Door door) {
        Path model = trained(door);
        assertEquals(ExitStatus.DONE, door.run(ManageModels.class, "action", "install", "model", model).status());
        try {
            Door.Run run = train(door, folder.resolve("by-name"), "initial_weights", "first-model");
            assertEquals(ExitStatus.DONE, run.status(), run.sentence());
            assertTrue(run.out().contains("Started from weights.safetensors: 30 tensors of the backbone, and the head."), run.out());
        } finally {
            door.run(ManageModels.class, "action", "remove", "model", "first-model");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "missing       | There are no weights",
        "truncated     | lie outside the file",
        "lying header  | lie outside the file",
        "no header     | its header claims",
        "other network | do not fit the network (the file says explainable-cnn): missing are stages.1.0.",
        "NaN           | hold a value that is no number (NaN) in stages.0.0.conv1.weight",
        "code          | it calls for os.system",
        "folder        | no rdf.yaml",
    })
    void whatCannotBeStartedFrom(String kind, String part, Door door) throws IOException {
        Path good = trained(door).resolve("weights.safetensors");
        Path bad = folder.resolve("bad.safetensors");
        byte[] bytes = Files.readAllBytes(good);
        switch (kind) {
            case "truncated" -> Files.write(bad, Arrays.copyOf(bytes, bytes.length - 100));
            case "lying header" -> {
                // the first tensor claims to reach far behind the end
                int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
                byte[] header = new String(bytes, 8, length, StandardCharsets.UTF_8)
                    .replaceFirst("(\"data_offsets\":\\[0,)\\d+", "$199999999").getBytes(StandardCharsets.UTF_8);
                Files.write(bad, ByteBuffer.allocate(bytes.length - length + header.length).order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length).put(header).put(bytes, 8 + length, bytes.length - 8 - length).array());
            }
            case "no header" -> Files.write(bad, ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40).put((byte) '{').array());
            case "other network", "NaN" -> Safetensors.write(bad, changed(good, kind), Map.of("architecture", "explainable-cnn",
                "layout", "convolution [height, width, input, output], dense [input, output]"));
            case "code" -> Files.write(bad, "\u0080\2cos\nsystem\nU\4true\u0085R.".getBytes(StandardCharsets.ISO_8859_1));
            case "folder" -> Files.createDirectory(bad);
            default -> assertEquals("missing", kind);
        }
        Path output = folder.resolve("never-made");
        Door.Run run = train(door, output, "initial_weights", bad);
        assertEquals(ExitStatus.USAGE, run.status(), run.sentence());
        assertTrue(run.sentence().contains(part) && run.sentence().contains("bad.safetensors"), run.sentence());
        assertFalse(Files.exists(output.resolve("model")));
    }

    private static Map<String, FloatTensor> changed(Path good, String kind) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>(Safetensors.read(good));
        if (kind.equals("NaN")) {
            weights.get("stages.0.0.conv1.weight").values()[7] = Float.NaN;
        } else {
            weights.keySet().removeIf(name -> name.startsWith("stages.1."));
        }
        return weights;
    }

    @Test
    void aResNetGoesOutForTorchvisionAndComesBack(Door door) {
        Path output = folder.resolve("residual-net");
        assertEquals(ExitStatus.DONE, train(door, output, "architecture", "resnet18", "options", "").status());
        Path exported = folder.resolve("out.safetensors");
        Door.Run run = door.run(ManageModels.class, "action", "export", "model", output.resolve("model"), "output", exported);
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertTrue(run.out().contains("torchvision's names") && run.out().contains("Conv2d(1, 64, 3, 1, 1, bias=False)"), run.out());
        assertTrue(run.out().contains("16 x 16 px, resized by letterbox, pixel values v as v / 255 (16 bits: v / 65535), then (v - 0.5) / 0.25."), run.out());
        assertEquals("I64", Safetensors.open(exported).others().get("bn1.num_batches_tracked"));
        Door.Run again = train(door, folder.resolve("again-it"), "architecture", "resnet18", "options", "attention=true", "initial_weights", exported);
        assertEquals(ExitStatus.DONE, again.status(), again.sentence());
        assertTrue(again.out().contains("100 tensors of the backbone, the head (attention, fc) begins afresh"), again.out());
    }

    @Test
    void weightsOfAForeignPackageAreNotThere(Door door) {
        Door.Run run = door.run(ManageModels.class, "action", "export", "model", "brightness", "output", folder.resolve("out.safetensors"));
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("has no weights.safetensors"), run.sentence());
    }
}
