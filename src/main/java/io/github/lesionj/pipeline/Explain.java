package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelSignature;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which map should explain a classification; the key {@code explain}. */
public enum Explain {
    /** Attention where the model has it, else its class activation map, else none. */
    AUTO,
    /** The model's own attention (Ilse 2018 in spirit, over positions instead of instances). */
    ATTENTION,
    /** Class activation map (Zhou 2016). */
    CAM,
    /** No map. */
    NONE;

    /** Reads the key's value. */
    public static Explain of(String key) {
        for (Explain explain : values()) {
            if (explain.key().equals(key)) {
                return explain;
            }
        }
        throw new UsageException("explain=" + key + " is not known; use auto, attention, cam, or none.");
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Which output of a model to take.
     *
     * @return its role, empty where no map is wanted or {@link #AUTO} finds none
     * @throws UsageException where the map that was asked for is not one of the model's outputs
     */
    Optional<String> role(ModelCard card) {
        Map<String, String> outputs = card.signature().outputs();
        return switch (this) {
            case NONE -> Optional.empty();
            case AUTO -> Optional.ofNullable(outputs.containsKey(ModelSignature.ATTENTION) ? ModelSignature.ATTENTION
                : outputs.containsKey(ModelSignature.CAM) ? ModelSignature.CAM : null);
            case ATTENTION -> Optional.of(required(card, ModelSignature.ATTENTION));
            case CAM -> Optional.of(required(card, ModelSignature.CAM));
        };
    }

    private static String required(ModelCard card, String role) {
        if (!card.signature().outputs().containsKey(role)) {
            throw new UsageException("The model " + card.name() + " gives no " + role + " map; use explain=auto or explain=none.");
        }
        return role;
    }
}
