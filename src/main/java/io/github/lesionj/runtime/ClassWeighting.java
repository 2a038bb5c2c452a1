package io.github.lesionj.runtime;

import java.util.List;
import java.util.Locale;

/**
 * How much each class counts in the loss: the key {@code class_weights}.
 *
 * @param classWeights where the weights come from
 * @param givenWeights one per class where they were given, else empty
 */
public record ClassWeighting(Source classWeights, List<Double> givenWeights) {

    /** Where weights come from. */
    public enum Source {
        /** Every class counts the same. */
        NONE,
        /** The rarer a class in the training data, the more it counts: the inverse of its frequency. */
        INVERSE,
        /** The same, less steep: the inverse of its effective number of items (Cui et al. 2019, arXiv:1901.05555). */
        EFFECTIVE,
        /** As the user says. */
        GIVEN
    }

    public static final ClassWeighting NONE = new ClassWeighting(Source.NONE, List.of());

    public ClassWeighting {
        givenWeights = List.copyOf(givenWeights);
    }

    /**
     * Reads the key.
     *
     * @param text {@code none}, {@code inverse}, {@code effective}, or a number per class with commas
     * @throws io.github.lesionj.core.UsageException where it is none of these
     */
    public static ClassWeighting parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "none" -> NONE;
            case "inverse" -> new ClassWeighting(Source.INVERSE, List.of());
            case "effective" -> new ClassWeighting(Source.EFFECTIVE, List.of());
            default -> new ClassWeighting(Source.GIVEN, NumberList.parse("class_weights", text, "none, inverse, effective, or "));
        };
    }
}
