package io.github.lesionj.modelpackage;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.image.InputRule;
import java.util.List;
import java.util.Map;

/**
 * What a model package says of its model; the typed form of {@code rdf.yaml}.
 *
 * @param name        of the package, as the key {@code model} takes it
 * @param version     of the package
 * @param description one or two sentences for people
 * @param licence     SPDX identifier
 * @param attribution whose data and work the model stands on; may be empty
 * @param task        {@link #CLASSIFICATION} or {@link #DETECTION} of images; others come with other families
 * @param labelKind   what the labels may be
 * @param classNames  in the order of the network's scores
 * @param positive    the class that sensitivity speaks of, or null
 * @param input       everything between an image and the network's input
 * @param signature   names of the SavedModel's signature, inputs and outputs
 * @param activation  what turns scores into probabilities
 * @param threshold   operating threshold on the positive class's probability (binary) or on each class's (multi-label);
 *                    NaN: argmax, and 0.5 for multi-label
 * @param temperature scores are divided by it before the activation; 1 = not calibrated
 * @param abstain     an item of whose decision the model is less sure is not confident; NaN = never abstains
 * @param margin      of the crops that it learned from, percent of an object's longer edge on each side; NaN = not known, or no crops
 * @param architecture id of the architecture that made it, or empty for a foreign model
 * @param training    training record: key to plain value, list or map; empty for foreign models
 * @param quality     measured quality, likewise
 * @param detection   how a detector is to be used; null for others
 */
public record ModelCard(String name, String version, String description, String licence, String attribution, String task,
        LabelKind labelKind, List<String> classNames, String positive, InputRule input, ModelSignature signature,
        Activation activation, double threshold, double temperature, double abstain, double margin, String architecture,
        Map<String, Object> training, Map<String, Object> quality, DetectionRule detection) {

    /** The task of a classifier of images. */
    public static final String CLASSIFICATION = "classification";
    /** The task of a model that finds boxes on images. */
    public static final String DETECTION = "detection";

    /** A model that is no detector. */
    public ModelCard(String name, String version, String description, String licence, String attribution, String task,
            LabelKind labelKind, List<String> classNames, String positive, InputRule input, ModelSignature signature,
            Activation activation, double threshold, double temperature, double abstain, double margin, String architecture,
            Map<String, Object> training, Map<String, Object> quality) {
        this(name, version, description, licence, attribution, task, labelKind, classNames, positive, input, signature, activation, threshold,
            temperature, abstain, margin, architecture, training, quality, null);
    }

    /** Whether it finds boxes. */
    public boolean isDetector() {
        return detection != null;
    }

    /** The same model, deciding in another way; NaN and null as in the components. */
    public ModelCard deciding(String otherPositive, double otherThreshold, double otherAbstain) {
        return new ModelCard(name, version, description, licence, attribution, task, labelKind, classNames, otherPositive, input,
            signature, activation, otherThreshold, temperature, otherAbstain, margin, architecture, training, quality, detection);
    }
}
