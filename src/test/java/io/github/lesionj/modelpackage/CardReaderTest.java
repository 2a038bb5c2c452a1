package io.github.lesionj.modelpackage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardReaderTest {

    @TempDir
    private Path folder;

    private static String handWritten() throws IOException {
        try (InputStream in = CardReaderTest.class.getResourceAsStream("/cards/mnist-regression.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private CardFile read(String text) throws IOException {
        return CardReader.read(Files.writeString(folder.resolve("rdf.yaml"), text));
    }

    private String refusal(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("rdf.yaml"), text);
        String sentence = assertThrows(UsageException.class, () -> CardReader.read(file)).getMessage();
        assertTrue(sentence.contains(file.toString()), sentence);
        assertFalse(sentence.contains("\n"), sentence);
        return sentence;
    }

    @Test
    void whatACardLeavesOutHasADefault() throws IOException {
        CardFile file = read(handWritten());
        ModelCard card = file.card();
        assertTrue(Double.isNaN(card.threshold()) && Double.isNaN(card.abstain()));
        assertEquals(1, card.temperature());
        assertNull(card.positive());
        assertNull(file.testInput());
        assertEquals("", card.architecture());
        assertArrayEquals(new int[] {784}, card.signature().inputShape());
        assertEquals("saved_model", file.weights().source());
    }

    @Test
    void numbersAsClassNamesAreTexts() throws IOException {
        String card = handWritten().replace("[zero, one, two, three, four, five, six, seven, eight, nine]", "[0, 1, 10, 2026]");
        assertEquals(List.of("0", "1", "10", "2026"), read(card).card().classNames());
    }

    /** Each key that is needed, taken away. */
    @ParameterizedTest
    @CsvSource({"type: model,type", "format_version: 0.5.4,format_version", "name: mnist-regression,name",
        "format: 1,config.lesionj.format", "label_kind: multi_class,config.lesionj.label_kind",
        "width: 28,config.lesionj.input.width", "height: 28,config.lesionj.input.height",
        "channels: 1,config.lesionj.input.channels", "channel: grey,config.lesionj.input.channel",
        "intensity: {kind: type},config.lesionj.input.intensity", "resize: stretch,config.lesionj.input.resize",
        "input: Features,config.lesionj.signature.input", "outputs: {scores: Prediction},config.lesionj.signature.outputs",
        "activation: none,config.lesionj.activation", "source: saved_model,weights.tensorflow_saved_model_bundle"})
    void aMissingKeyIsNamed(String line, String key) throws IOException {
        assertTrue(refusal(handWritten().replaceFirst("(?m)^ *" + Pattern.quote(line) + "$", "")).contains(key));
    }

    /** Each key with a value that it must not have. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type: model | type: dataset | type",
        "format_version: 0.5.4 | format_version: 0.4.9 | format_version",
        "name: mnist-regression | name: ../../evil | name",
        "name: mnist-regression | name: [a, b] | name",
        "name: mnist-regression | name: yes | name",
        "format: 1 | format: 2 | update LesionJ",
        "format: 1 | format: one | config.lesionj.format",
        "multi_class | many | binary, multi_class, multi_label",
        "multi_class | binary | class_names",
        "[zero, one, two | [zero, zero, two | class_names",
        "[zero, one, two | [no, one, two | class_names",
        "[zero, one, two | ['a;b', one, two | class_names",
        "[zero, one, two | ['', one, two | class_names",
        "[zero, one, two | [{a: b}, one, two | class_names",
        "label_kind: multi_class | 'label_kind: multi_class\n    positive: ten' | positive",
        "label_kind: multi_class | 'label_kind: multi_class\n    threshold: 1.5' | threshold",
        "label_kind: multi_class | 'label_kind: multi_class\n    threshold: .nan' | threshold",
        "label_kind: multi_class | 'label_kind: multi_class\n    temperature: 0' | temperature",
        "width: 28 | width: 0 | config.lesionj.input.width",
        "width: 28 | width: 28.5 | config.lesionj.input.width",
        "width: 28 | width: 99999999 | config.lesionj.input.width",
        "width: 28 | width: wide | config.lesionj.input.width",
        "width: 28 | width: 29 | input_shape",
        "channel: grey | channel: rgb | channel",
        "channel: grey | channel: blue | grey, rgb, exact",
        "{kind: type} | {kind: guess} | type, percentile, zscore, window, none",
        "{kind: type} | {kind: percentile} | intensity.low",
        "{kind: type} | '{kind: percentile, low: 5, high: 101}' | intensity.low",
        "{kind: type} | '{kind: window, low: 5, high: 5}' | intensity.low",
        "{kind: type} | '{kind: type, std: [0]}' | intensity.std",
        "{kind: type} | '{kind: type, mean: [1, 2]}' | intensity.mean",
        "{kind: type} | '{kind: type, mean: 0.5}' | intensity.mean",
        "resize: stretch | resize: fit | stretch, letterbox, crop",
        "[784] | [28, 28] | input_shape",
        "{scores: Prediction} | {logits: Prediction} | scores",
        "{scores: Prediction} | {scores: [a]} | outputs.scores",
        "activation: none | activation: relu | none, softmax, sigmoid",
        "source: saved_model | source: ../saved_model | leads out",
        "source: saved_model | source: /etc | absolute",
        "source: saved_model | 'source: C:\\x' | source",
        "source: saved_model | 'source: x\n    sha256: abc' | sha256",
        "tensorflow_saved_model_bundle | pytorch_state_dict | TensorFlow models only"})
    void aWrongValueIsNamed(String from, String to, String word) throws IOException {
        String card = handWritten();
        assertTrue(card.contains(from), from);
        String sentence = refusal(card.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
        assertTrue(sentence.contains(word), sentence);
    }

    @Test
    void unknownKeysDoNotHurt() throws IOException {
        read(handWritten().replace("format: 1", "format: 1\n    invented_later: {a: [1, 2]}") + "\nsomething: else\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "just text", "- a\n- b", "a: [1, 2", "a: b\na: c", "key: !!javax.script.ScriptEngineManager [x]",
        "a: &a [*a]\ntype: model", "\u0000", "a: 'b", "type: model", "&a b: *c", "? [a]\n: b"})
    void whatIsNoCardIsRefused(String text) throws IOException {
        refusal(text);
    }

    @Test
    void bombsAreRefusedQuickly() throws IOException {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1) + "]\n");
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refusal(laughs.toString()));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refusal("a: " + "[".repeat(100_000)));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refusal("a: '" + "x".repeat(5 << 20) + "'"));
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("rdf.yaml"), new byte[] {'a', ':', ' ', (byte) 0xfc});
        assertTrue(assertThrows(UsageException.class, () -> CardReader.read(file)).getMessage().contains("UTF-8"));
    }

    @Test
    void foreignCardsOfBioimageIoAreRefusedInWords() {
        Path shared = Path.of(System.getProperty("lesionj.shared", "../shared"), "data", "bioimageio");
        assumeTrue(Files.isDirectory(shared), "no shared data here");
        Path newer = shared.resolve("unet2d_nuclei_broad/bioimageio.yaml");
        Path older = shared.resolve("unet2d_keras_tf2/v0_4.bioimageio.yaml");
        assertTrue(assertThrows(UsageException.class, () -> CardReader.read(newer)).getMessage().contains("config.lesionj"));
        assertTrue(assertThrows(UsageException.class, () -> CardReader.read(older)).getMessage().contains("format_version"));
    }
}
