package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoiMarkTest {

    private static Roi reread(Roi roi) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new RoiEncoder(bytes).write(roi);
        return RoiDecoder.openFromByteArray(bytes.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"WBC", "Gef\u00e4\u00df", "a\\nb", "C:\\u0041", "50 %", "100%25", "a: b = c", "# x", "! x", " x ", "\"x\", 'y'", "a+b",
        "\u7d30\u80de", "\ud83e\udda0", "a;b", "line\nbreak"})
    void textSurvivesAFile(String text) throws IOException {
        Roi roi = new Roi(1, 2, 3, 4);
        RoiMark.setText(roi, RoiMark.CLASS, text);
        assertEquals(text, RoiMark.text(roi, RoiMark.CLASS));
        assertEquals(text, RoiMark.text(reread(roi), RoiMark.CLASS));
    }

    @Test
    void plainTextStandsAsItIsAndForeignTextToo() {
        Roi roi = new Roi(1, 2, 3, 4);
        RoiMark.setText(roi, RoiMark.CLASS, "grade 1");
        assertEquals("grade 1", roi.getProperty(RoiMark.CLASS));
        roi.setProperty(RoiMark.CLASS, "50% of it");
        assertEquals("50% of it", RoiMark.text(roi, RoiMark.CLASS));
        RoiMark.setText(roi, RoiMark.CLASS, null);
        assertNull(RoiMark.text(roi, RoiMark.CLASS));
        RoiMark.setText(roi, RoiMark.CLASS, "");
        assertNull(RoiMark.text(roi, RoiMark.CLASS));
    }
}
