package io.github.lesionj.network.detection;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.Layers;
import io.github.lesionj.network.NetworkGraph;
import io.github.lesionj.network.NetworkPlan;
import java.util.ArrayList;
import java.util.List;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Plugin;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * One-stage detectors, fully convolutional: their parameters do not grow with the input.
 *
 * <p>Options, all optional:
 * <ul>
 * <li>{@code form}: {@code points} (default), a residual backbone with a feature pyramid, without anchors ({@link YoloPoints}); or
 * {@code grid}, the textbook's one grid with two boxes a cell ({@link YoloGrid})
 * <li>of {@code points}: {@code width} (16), channels of the stem, the stages have 2, 4, 6 and 8 times as many; {@code depth} (1),
 * residual blocks of a stage; {@code neck} (64), channels of the pyramid; {@code strides} (8;16;32), the levels that boxes come
 * from, each twice the one before
 * <li>of {@code grid}: {@code cells} (one for each 32 px), along the shorter edge; {@code boxes} (2) of a cell; {@code width} (32), of the Darknet's first layer
 * <li>of the loss: see {@link YoloLossPlan}
 * </ul>
 */
@Plugin(type = Architecture.class, name = "yolo", attrs = @Attr(name = "family", value = "detector"),
    description = "Fast one-stage detector for small objects and crowded ones: boxes from every point of a feature pyramid.")
public final class Yolo implements Architecture {

    private static final List<String> OWN = List.of("form", "width", "depth", "neck", "strides", "cells", "boxes");

    @Override
    public NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        List<String> known = new ArrayList<>(OWN);
        known.addAll(YoloLossPlan.OPTIONS);
        plan.checkOptions(known);
        boolean points = plan.choice("form", "points", "grid").equals("points");
        return points ? new YoloPoints(layers, plan).build(image) : new YoloGrid(layers, plan).build(image);
    }

    /** Refuses an input that is not made of whole cells. */
    static void checkMultiple(NetworkPlan plan, int stride) {
        if (plan.height() % stride != 0 || plan.width() % stride != 0) {
            throw new UsageException("The input of " + plan.width() + " x " + plan.height() + " px does not go with the architecture: both edges must be"
                + " multiples of " + stride + " px. Change size.");
        }
    }
}
