package io.github.lesionj.network;

import org.scijava.plugin.Plugin;

/** ResNet with 34 layers. */
@Plugin(type = Architecture.class, name = "resnet34", description = "Residual network with 34 layers (21.3 million weights), between resnet18 and resnet50.")
public final class ResNet34 extends ResNet {

    @Override
    int[] blocks() {
        return new int[] {3, 4, 6, 3};
    }

    @Override
    boolean bottlenecks() {
        return false;
    }
}
