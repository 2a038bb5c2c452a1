package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.Macro;
import io.github.lesionj.core.UsageException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacroTextTest {

    private static Map<String, String> map(String... keysAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @Test
    void emptyTextHasNoKeys() {
        assertEquals(map(), MacroText.read(""));
        assertEquals(map(), MacroText.read("  \t "));
    }

    @Test
    void plainBareAndEmptyValues() {
        assertEquals(map("a", "1", "flag", null, "b", "", "c", "x=y"), MacroText.read("a=1 flag b= c=x=y "));
    }

    @Test
    void bracketsComeFirstSoThatAPathWithKeysInItIsTakenWhole() {
        assertEquals(map("input", "/study/seed=1/model=x/a b.png", "seed", "5"),
            MacroText.read("input=[/study/seed=1/model=x/a b.png] seed=5 "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "input=[a [1] b] seed=5      | a [1] b",
        "input=[a]b] seed=5          | a]b",
        "input=[a [b] seed=5         | a [b",
        "input=[C:\\data\\x y] seed=5 | C:\\data\\x y",
        "input=[it''s \"5\"] seed=5   | it''s \"5\"",
        "input=%[a%20%5D%20b=+c] seed=5 | a ] b=+c",
        "input=[ü 😀 é] seed=5       | ü 😀 é",
        "input=a]b seed=5            | a]b",
        "input=x[1].png seed=5       | x[1].png"})
    void adversarialValues(String text, String value) {
        assertEquals(map("input", value.replace("''", "'"), "seed", "5"), MacroText.read(text.replace("''", "'")));
    }

    @Test
    void quotesAsImageJReadsThem() {
        assertEquals(map("input", "two words", "n", "1"), MacroText.read("input='two words' n=1"));
        assertEquals(map("input", "'tis.png"), MacroText.read("input='tis.png"), "a quote that never closes is a letter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=5", "a=1 a=2", "a a", "a=[x", "a=[x y b=2", "a=%[x y]", "a=%[x", "a=%[", "a=%[%zz]"})
    void unreadableTextIsRefusedInOneSentence(String text) {
        UsageException refused = assertThrows(UsageException.class, () -> MacroText.read(text));
        assertTrue(!refused.getMessage().contains("\n") && refused.getMessage().endsWith("."), refused.getMessage());
    }

    private static final String[] PIECES = {"a", "é", "😀", " ", "  ", "[", "]", "'", "\"", "\\", "/", "=", "%", "%[", "%20",
        "seed=1", "+", "\t", "\n", ",", "x", ":", "ü"};

    private static String randomValue(Random random) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            value.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return value.toString();
    }

    @Test
    void anyValueIsReadBackAsItWasWritten() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Map<String, String> values = map("input", randomValue(random), "seed", randomValue(random), "z", "5");
            String text = MacroText.write(values);
            assertEquals(values, MacroText.read(text + " "), text);
            assertTrue(text.chars().noneMatch(c -> c == '"' || c == '\\' || c == '\n'), "safe between a macro's quotes: " + text);
        }
    }

    /** What ImageJ's recorder does to a value: brackets where there is a blank. */
    private static String asRecorded(String value) {
        return value.indexOf(' ') >= 0 ? "[" + value + "]" : value;
    }

    @Test
    void anyRecordedValueIsReadBack() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String value = randomValue(random);
            String line = "input=" + asRecorded(MacroText.forRecorder(value)) + " z=5";
            assertEquals(map("input", value, "z", "5"), MacroText.read(line), line);
        }
    }

    @Test
    void ordinaryLinesMeanWhatImageJMeans() {
        String text = "label=[two words] input=[/data/with space/a.tif] threshold=0.25 mode=[beta [x] two] n='1 2' ";
        MacroText.read(text).forEach((key, value) -> assertEquals(Macro.getValue(text, key, "none"), value));
    }
}
