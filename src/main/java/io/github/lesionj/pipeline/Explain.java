package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.results.Explanation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which map should explain a classification; the key {@code explain}. */
public enum Explain {
    /** Attention where the model has it, else its class activation map, else Grad-CAM where its graph allows, else none. */
    AUTO,
    /** The model's own attention (Ilse 2018 in spirit, over positions instead of instances). */
    ATTENTION,
    /** Class activation map (Zhou 2016). */
    CAM,
    /** Gradient-weighted class activation map (Selvaraju 2017). */
    GRAD_CAM,
    /** No map. */
    NONE;

    /** Reads the key's value. */
    public static Explain of(String key) {
        for (Explain explain : values()) {
            if (explain.key().equals(key)) {
                return explain;
            }
        }
        throw new UsageException("explain=" + key + " is not known; use auto, attention, cam, grad-cam, or none.");
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Which map to make of a model, by its card; whether its graph allows Grad-CAM shows when it is loaded.
     *
     * @return empty where no map is wanted
     * @throws UsageException where the map that was asked for is not one of the model's outputs
     */
    Optional<Explanation.Kind> kind(ModelCard card) {
        Set<String> outputs = card.signature().outputs().keySet();
        return switch (this) {
            case NONE -> Optional.empty();
            case AUTO -> Optional.of(outputs.contains(ModelSignature.ATTENTION) ? Explanation.Kind.ATTENTION
                : outputs.contains(ModelSignature.CAM) ? Explanation.Kind.CAM : Explanation.Kind.GRAD_CAM);
            case ATTENTION -> Optional.of(required(card, ModelSignature.ATTENTION, Explanation.Kind.ATTENTION));
            case CAM -> Optional.of(required(card, ModelSignature.CAM, Explanation.Kind.CAM));
            case GRAD_CAM -> Optional.of(Explanation.Kind.GRAD_CAM);
        };
    }

    private static Explanation.Kind required(ModelCard card, String role, Explanation.Kind kind) {
        if (!card.signature().outputs().containsKey(role)) {
            throw new UsageException("The model " + card.name() + " gives no " + role
                + " map; use explain=auto, explain=grad-cam or explain=none.");
        }
        return kind;
    }
}
