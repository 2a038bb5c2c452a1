package io.github.lesionj.network;

import org.scijava.plugin.Plugin;

/** ResNet with 50 layers. */
@Plugin(type = Architecture.class, name = "resnet50", description = "Residual network with 50 layers (23.5 million weights): for large data or given weights.")
public final class ResNet50 extends ResNet {

    @Override
    int[] blocks() {
        return new int[] {3, 4, 6, 3};
    }

    @Override
    boolean bottlenecks() {
        return true;
    }
}
