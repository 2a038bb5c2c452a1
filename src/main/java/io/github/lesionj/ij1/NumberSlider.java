package io.github.lesionj.ij1;

import io.github.lesionj.commands.CommandKey;
import io.github.lesionj.core.UsageException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import javax.swing.JSlider;
import javax.swing.JTextField;

/** A slider beside a number's text, in step with it; a text that lies off the slider, or is no number, leaves it where it is. */
final class NumberSlider {

    private final CommandKey key;
    private final CommandKey.Slider range;
    private final JTextField text;
    private final JSlider slider;
    /** Whether the slider is moved to where the text, or the model, is: that writes nothing. */
    private boolean following;

    /** Named after the key, with {@code .slider} behind it. */
    NumberSlider(CommandKey key, CommandKey.Slider range, JTextField text) {
        this.key = key;
        this.range = range;
        this.text = text;
        slider = new JSlider(0, place(range.to()), 0);
        slider.setName(key.name() + ".slider");
        slider.setToolTipText(key.description());
        slider.addChangeListener(event -> write());
        text.getDocument().addDocumentListener(new TextListener(this::follow));
    }

    JSlider component() {
        return slider;
    }

    /** Whether a text is a number that the slider can point to. */
    boolean holds(String written) {
        return number(written).isPresent();
    }

    /** Moves the slider alone. */
    void point(double value) {
        point(BigDecimal.valueOf(value));
    }

    private void point(BigDecimal value) {
        following = true;
        slider.setValue(place(value));
        following = false;
    }

    private void write() {
        if (!following) {
            BigDecimal value = range.from().add(range.step().multiply(BigDecimal.valueOf(slider.getValue())));
            text.setText(key.format(key.parse(value.toPlainString())));
        }
    }

    private void follow() {
        number(text.getText()).ifPresent(this::point);
    }

    private Optional<BigDecimal> number(String written) {
        try {
            BigDecimal value = new BigDecimal(key.format(key.parse(written.strip())));
            return value.compareTo(range.from()) < 0 || value.compareTo(range.to()) > 0 ? Optional.empty() : Optional.of(value);
        } catch (UsageException e) {
            return Optional.empty();
        }
    }

    /** The nearest step, from 0. */
    private int place(BigDecimal value) {
        return value.subtract(range.from()).divide(range.step(), 0, RoundingMode.HALF_UP).intValue();
    }
}
