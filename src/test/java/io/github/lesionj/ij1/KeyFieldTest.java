package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.commands.CommandKey;
import io.github.lesionj.commands.DetectLesions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JSlider;
import javax.swing.JTextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Widgets without a window: text and slider in step, whatever the locale; changes are told. */
class KeyFieldTest {

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
    }

    private static KeyField field(String name, String... suggestions) {
        CommandKey key = CommandKey.of(DetectLesions.class).stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        return KeyField.of(key, List.of(suggestions));
    }

    private static JSlider slider(KeyField field) {
        return (JSlider) Screen.find(field.view(), field.key().name() + ".slider");
    }

    @Test
    void sliderAndTextAreInStep() {
        Locale.setDefault(Locale.GERMANY);
        KeyField threshold = field("threshold");
        JSlider slider = slider(threshold);
        assertEquals(100, slider.getMaximum());
        slider.setValue(35);
        assertEquals("0.35", threshold.text());
        for (int i = 0; i <= 100; i++) {
            slider.setValue(i);
            assertEquals(i, slider.getValue());
            assertEquals(i / 100.0, threshold.key().parse(threshold.text()));
        }
        threshold.setText(" 0.299 ");
        assertEquals(30, slider.getValue());
        assertEquals("0.299", threshold.text(), "what is typed stays");
        threshold.setText("1");
        assertEquals(100, slider.getValue());
    }

    @Test
    void aTextOffTheSliderStaysAndThereItPointsToWhatIsInEffect() {
        KeyField nms = field("nms");
        JSlider slider = slider(nms);
        slider.setValue(40);
        for (String text : List.of("-1", "-", "", "0,5", "abc", "7", "-0.5")) {
            nms.setText(text);
            assertEquals(40, slider.getValue(), text);
            assertEquals(text, nms.text());
        }
        nms.setText("-1");
        nms.point(0.161);
        assertEquals(16, slider.getValue());
        assertEquals("-1", nms.text());
        nms.setText("0.7");
        nms.point(0.161);
        assertEquals(70, slider.getValue());
    }

    @Test
    void everyKindOfWidgetTellsOfChanges() {
        AtomicInteger changes = new AtomicInteger();
        KeyField preview = field("preview");
        preview.onChange(changes::incrementAndGet);
        ((JCheckBox) preview.component()).doClick();
        assertEquals(1, changes.getAndSet(0));
        KeyField threshold = field("threshold");
        threshold.onChange(changes::incrementAndGet);
        slider(threshold).setValue(20);
        assertTrue(changes.getAndSet(0) > 0);
        KeyField model = field("model", "one", "two");
        model.onChange(changes::incrementAndGet);
        ((JComboBox<?>) model.component()).setSelectedItem("two");
        assertTrue(changes.getAndSet(0) > 0);
        ((JTextField) ((JComboBox<?>) model.component()).getEditor().getEditorComponent()).setText("three");
        assertTrue(changes.getAndSet(0) > 0);
        assertEquals("three", model.text());
        KeyField device = field("device");
        device.onChange(changes::incrementAndGet);
        ((JComboBox<?>) device.component()).setSelectedItem("cpu");
        assertTrue(changes.get() > 0);
    }
}
