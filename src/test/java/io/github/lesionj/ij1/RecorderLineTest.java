package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lesionj.commands.DetectLesions;
import io.github.lesionj.probe.ProbeCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecorderLineTest {

    private static Map<String, Object> values(Object... changes) {
        Map<String, Object> values = new LinkedHashMap<>();
        new ProbeCommand().keys().forEach(key -> values.put(key.name(), key.defaultValue()));
        for (int i = 0; i < changes.length; i += 2) {
            values.put((String) changes[i], changes[i + 1]);
        }
        return values;
    }

    @Test
    void onlyWhatIsNotTheDefault() {
        assertEquals(Map.of("threshold", "0.25", "flag", "true", "mood", "KEEN"),
            RecorderLine.options(new ProbeCommand(), values("threshold", 0.25, "flag", true, "mood", ProbeCommand.Mood.KEEN)));
    }

    @Test
    void oneKeyAlwaysSoThatTheLineAsksNothing() {
        assertEquals(Map.of("input", ""), RecorderLine.options(new ProbeCommand(), values()));
    }

    @Test
    void whatOnlyTheDialogKnowsIsLeftOut() {
        Map<String, Object> values = new LinkedHashMap<>();
        new DetectLesions().keys().forEach(key -> values.put(key.name(), key.defaultValue()));
        values.put("preview", true);
        values.put("threshold", 0.35);
        assertEquals(Map.of("threshold", "0.35"), RecorderLine.options(new DetectLesions(), values));
    }

    /** The recorder brackets blanks itself; what it would spoil is written without any. */
    @Test
    void whatTheRecorderWouldSpoilIsEscaped() {
        assertEquals(Map.of("input", "a b.png", "model", "%[C%3A%5Cm%20x%5D]"),
            RecorderLine.options(new ProbeCommand(), values("input", "a b.png", "model", "C:\\m x]")));
    }
}
