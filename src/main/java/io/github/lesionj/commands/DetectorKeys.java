package io.github.lesionj.commands;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.DetectionSettings;
import java.util.List;
import java.util.Map;

/** What the keys of {@code Evaluate Model...} mean for a detector. */
final class DetectorKeys {

    /** Keys that speak of whole images, with the values that ask for nothing. */
    private static final Map<String, List<String>> OF_CLASSIFIERS = Map.of("positive", List.of(""), "abstain", List.of(""),
        "aggregate", List.of("mean", "none"));

    private DetectorKeys() {
    }

    /**
     * Refuses what cannot be asked of detectors.
     *
     * @param keys every key with its value
     */
    static void check(Map<String, String> keys, List<ModelPackage> models) {
        if (models.size() > 1) {
            throw new UsageException("Detectors are judged one by one, but model= names " + models.size() + " models, of which "
                + models.stream().map(ModelPackage::card).filter(ModelCard::isDetector).findFirst().orElseThrow().name() + " is a detector.");
        }
        String name = models.get(0).card().name();
        if (keys.getOrDefault("calibrate", "none").equals("temperature")) {
            throw new UsageException("calibrate=temperature is for classifiers: the scores of the detector " + name + " rank its boxes and are no"
                + " probabilities of an image; choose a threshold with operating_point= instead.");
        }
        OF_CLASSIFIERS.forEach((key, nothing) -> {
            String value = keys.getOrDefault(key, nothing.get(0)).strip();
            if (!nothing.contains(value)) {
                throw new UsageException(key + "=" + value + " speaks of whole images, and the model " + name + " is a detector; leave it off.");
            }
        });
    }

    /**
     * How it is used.
     *
     * @param threshold NaN = the card's
     * @param umPerPx   0 = the images' own
     */
    static DetectionSettings settings(ModelCard card, double threshold, double umPerPx, int batch) {
        DetectionSettings stated = DetectionSettings.of(card);
        return new DetectionSettings(Double.isNaN(threshold) ? stated.threshold() : threshold, stated.nms(), stated.maxDetections(),
            umPerPx == 0 ? Double.NaN : umPerPx, batch);
    }
}
