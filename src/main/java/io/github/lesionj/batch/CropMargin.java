package io.github.lesionj.batch;

import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import java.util.List;
import java.util.function.Consumer;

/** How much of an object's surroundings is shown to a model: what it learned from, where its card says that. */
public final class CropMargin {

    /** The key's value for what the model's card says. */
    public static final double OF_THE_MODEL = -1;
    private static final double USUAL = 20;

    private CropMargin() {
    }

    /**
     * Chooses.
     *
     * @param asked  percent of an object's longer edge on each side; below 0: that of the first card that has one, else 20
     * @param remark is told what was taken from a card, and of each model that learned from other crops
     */
    public static ObjectCrop of(double asked, List<ModelPackage> models, Consumer<String> remark) {
        List<ModelCard> known = models.stream().map(ModelPackage::card).filter(card -> !Double.isNaN(card.margin())).toList();
        double margin = asked >= 0 ? asked : known.isEmpty() ? USUAL : known.get(0).margin();
        if (asked < 0 && !known.isEmpty()) {
            remark.accept("The ROIs are cut with margin=" + ObjectCrop.percent(margin) + ", as the crops were that " + known.get(0).name()
                + " learned from.");
        }
        known.stream().filter(card -> card.margin() != margin).forEach(card -> remark.accept("The ROIs are cut with margin="
            + ObjectCrop.percent(margin) + ", but " + card.name() + " learned from crops with margin=" + ObjectCrop.percent(card.margin()) + "."));
        return new ObjectCrop(margin);
    }
}
