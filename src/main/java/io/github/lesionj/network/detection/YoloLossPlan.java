package io.github.lesionj.network.detection;

import io.github.lesionj.network.NetworkPlan;
import java.util.List;

/**
 * The choices of a one-stage detector's loss, read from the options of the architecture.
 *
 * @param focal     whether positives and negatives count by how wrong they are (Lin et al. 2017, arXiv:1708.02002):
 *                  alpha |q - p|^gamma for positives of target q and (1 - alpha) p^gamma for negatives; option {@code loss}
 *                  (cross-entropy, focal)
 * @param alpha     weight of positives, in 0..1; option {@code focal_alpha} (0.25)
 * @param gamma     option {@code focal_gamma} (2)
 * @param squared   whether coordinates are taught by their squared error and not by generalised IoU; option {@code coordinates}
 *                  (giou, mse)
 * @param hard      whether only the hardest negatives count ({@link HardNegatives}); option {@code negatives} (all, hard)
 * @param boxWeight of the coordinates beside the class; option {@code box_weight}
 */
record YoloLossPlan(boolean focal, float alpha, float gamma, boolean squared, boolean hard, float boxWeight) {

    static final List<String> OPTIONS = List.of("loss", "focal_alpha", "focal_gamma", "coordinates", "negatives", "box_weight");

    /**
     * Reads the options.
     *
     * @param focalFirst whether the focal loss is the default
     * @param boxWeight  default
     */
    static YoloLossPlan of(NetworkPlan plan, boolean focalFirst, double boxWeight) {
        String loss = focalFirst ? plan.choice("loss", "focal", "cross-entropy") : plan.choice("loss", "cross-entropy", "focal");
        return new YoloLossPlan(loss.equals("focal"), (float) plan.decimal("focal_alpha", 0.25, 0, 1),
            (float) plan.decimal("focal_gamma", 2, 0, 10), plan.choice("coordinates", "giou", "mse").equals("mse"),
            plan.choice("negatives", "all", "hard").equals("hard"), (float) plan.decimal("box_weight", boxWeight, 0, 1000));
    }
}
