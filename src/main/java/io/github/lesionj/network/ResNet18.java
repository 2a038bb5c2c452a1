package io.github.lesionj.network;

import org.scijava.plugin.Plugin;

/** ResNet with 18 layers. */
@Plugin(type = Architecture.class, name = "resnet18", description = "Residual network with 18 layers (11.2 million weights): the usual start for medium-sized data.")
public final class ResNet18 extends ResNet {

    @Override
    int[] blocks() {
        return new int[] {2, 2, 2, 2};
    }

    @Override
    boolean bottlenecks() {
        return false;
    }
}
