package io.github.lesionj.network;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.runtime.NetworkSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What an architecture must know to build a network.
 *
 * @param height   of the input in px
 * @param width    of the input in px
 * @param channels of the input
 * @param classes  number of logits
 * @param dropout  before the last dense layer, in 0..1 (1 excluded)
 * @param options  of the architecture; missing ones take its defaults
 */
public record NetworkPlan(int height, int width, int channels, int classes, double dropout, Map<String, String> options) {

    /** What a training's or a user's settings come to. */
    public static NetworkPlan of(NetworkSettings settings) {
        return new NetworkPlan(settings.height(), settings.width(), settings.channels(), settings.classes(), settings.dropout(),
            settings.options());
    }

    /** An option that is a whole number. */
    public int number(String option, int standard, int least, int most) {
        String text = options.getOrDefault(option, Integer.toString(standard));
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException(String.format(Locale.ROOT,
            "The option %s=%s of the architecture is not a whole number from %d to %d.", option, text, least, most));
    }

    /** An option that is a number with or without decimals. */
    public double decimal(String option, double standard, double least, double most) {
        String text = options.getOrDefault(option, Double.toString(standard));
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException(String.format(Locale.ROOT,
            "The option %s=%s of the architecture is not a number from %s to %s.", option, text, least, most));
    }

    /** An option that is one of several words; the first is the default. */
    public String choice(String option, String... words) {
        String text = options.getOrDefault(option, words[0]);
        if (List.of(words).contains(text)) {
            return text;
        }
        throw new UsageException("The option " + option + "=" + text + " of the architecture is not one of "
            + String.join(", ", words) + ".");
    }

    /** Refuses options that the architecture does not have. */
    public void checkOptions(List<String> known) {
        for (String option : new TreeSet<>(options.keySet())) {
            if (!known.contains(option)) {
                throw new UsageException("The architecture has no option " + option + "; it has "
                    + String.join(", ", known) + ".");
            }
        }
    }
}
