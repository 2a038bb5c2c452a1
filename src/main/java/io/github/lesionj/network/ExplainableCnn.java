package io.github.lesionj.network;

import java.util.List;
import org.scijava.plugin.Plugin;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A compact residual network that says where it looked: its pooling is by attention ({@link ClassifierHead}).
 *
 * <p>Its receptive field is kept small beside the image, so that the map's strongest point lies in a small lesion and not
 * somewhere near it. Options, all optional:
 * <ul>
 * <li>{@code width}: channels of the first stage, doubled by each further one; 24
 * <li>{@code depth}: residual blocks per stage; 2 for small images, else 1
 * <li>{@code stages}: 3
 * <li>{@code stem}: small (3x3), large (3x3 with stride 2) or auto (small for inputs under 64 px)
 * <li>{@code stride}: px of the input per position of the map; 4, and 8 from 192 px on
 * <li>{@code head}, {@code focus}, {@code peak}: see {@link ClassifierHead}
 * </ul>
 */
@Plugin(type = Architecture.class, name = "explainable-cnn",
    description = "Compact residual network with attention that takes part in training, and class activation maps.")
public final class ExplainableCnn implements Architecture {

    private static final List<String> OPTIONS = ClassifierHead.options("width", "depth", "stages", "stem", "stride");
    private static final int SMALL_IMAGE = 64;
    private static final int BIG_IMAGE = 192;

    @Override
    public NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        plan.checkOptions(OPTIONS);
        plan.choice("attention", "true");
        return ClassifierHead.withAttention(layers, featureMap(layers, image, plan), plan, "head");
    }

    private static Operand<TFloat32> featureMap(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        int shortSide = Math.min(plan.height(), plan.width());
        String stem = plan.choice("stem", "auto", "small", "large");
        boolean large = stem.equals("large") || stem.equals("auto") && shortSide >= SMALL_IMAGE;
        int width = plan.number("width", 24, 4, 512);
        int depth = plan.number("depth", large ? 1 : 2, 1, 50);
        int stages = plan.number("stages", 3, 1, 5);
        int stride = plan.number("stride", large && shortSide >= BIG_IMAGE ? 8 : 4, 1, 32);

        int reached = large ? 2 : 1;
        Operand<TFloat32> x = layers.relu(layers.convolutionBatchNorm("stem.conv", "stem.bn", image, 3, width, reached));
        for (int stage = 0; stage < stages; stage++) {
            int step = stage > 0 && reached < stride ? 2 : 1;
            reached *= step;
            for (int block = 0; block < depth; block++) {
                x = layers.residualBlock("stages." + stage + "." + block, x, width << stage, block == 0 ? step : 1);
            }
        }
        return x;
    }
}
