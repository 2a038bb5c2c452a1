package io.github.lesionj.dataset;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the keys {@code data} and {@code validation} name, before anything is divided.
 *
 * @param training   may be learned from: never what is named validation or test
 * @param validation a set of its own, or null where a part is to be drawn
 * @param fraction   of the part that is drawn; NaN where there is a set of its own
 * @param remarks    what was decided on the way, as sentences for the log and the ledger
 */
record TrainingSource(LabelledSet training, LabelledSet validation, double fraction, List<String> remarks) {

    private static final String DEFAULT_FRACTION = "0.2";

    /** Opens both; see {@link TrainingSplit#open}. */
    static TrainingSource open(String data, String validation, ClassNaming naming) {
        DataReference reference = DataReference.parse(data);
        LabelledSet all = LabelledSets.open(reference, naming);
        String wanted = validation.strip().isEmpty() ? defaultValidation(all, reference) : validation.strip();
        LearnedPart part = LearnedPart.of(all, reference, wanted.startsWith("#") ? wanted.substring(1) : "");
        LabelledSet training = part.set();
        TrainingChecks.learnable(training);
        if (training.items().stream().anyMatch(item -> !item.group().isEmpty())) {
            TrainingChecks.groupsInOnePart(reference.split().isEmpty() ? all : LabelledSets.open(reference.withSplit(""), naming), training);
        }
        if (isFraction(wanted)) {
            return new TrainingSource(training, null, fraction(wanted), part.remarks());
        }
        LabelledSet validating = LabelledSets.open(wanted.startsWith("#") && !Files.exists(Path.of(wanted))
            ? reference.withSplit(wanted.substring(1)) : DataReference.parse(wanted), new ClassNaming(all.classNames(), all.labelKind() == LabelKind.MULTI_LABEL));
        TrainingChecks.notEmpty(validating);
        return new TrainingSource(training, validating, Double.NaN, part.remarks());
    }

    private static String defaultValidation(LabelledSet all, DataReference reference) {
        String split = LearnedPart.validationSplit(all, reference);
        return split.isEmpty() ? DEFAULT_FRACTION : "#" + split;
    }

    private static boolean isFraction(String validation) {
        return validation.matches("[-+]?\\d*[.,]?\\d+(%|[eE][-+]?\\d+)?") && !Files.exists(Path.of(validation));
    }

    private static double fraction(String validation) {
        double fraction = validation.matches("[-+\\d.eE]+") ? Double.parseDouble(validation) : Double.NaN;
        if (!(fraction > 0 && fraction < 1)) {
            throw new UsageException("validation=" + validation + " is no fraction of the data: write a number between 0 and 1 "
                + "with a dot, such as 0.2, or #split, or a path.");
        }
        return fraction;
    }
}
