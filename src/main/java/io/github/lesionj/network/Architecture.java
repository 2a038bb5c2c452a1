package io.github.lesionj.network;

import org.scijava.plugin.SciJavaPlugin;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network that can be trained. An extension point: annotate a class with
 * {@code @Plugin(type = Architecture.class, name = "my-net", description = "...")} and give it a constructor without
 * arguments; the name is what the key {@code architecture} takes.
 */
public interface Architecture extends SciJavaPlugin {

    /**
     * Adds the network to a graph. Called several times, for training, validation and export: it must ask for the same
     * variables each time.
     *
     * @param layers what to build with
     * @param image  [batch, height, width, channel]
     * @param plan   sizes and options
     * @throws io.github.lesionj.core.UsageException when the options or the size of the image do not go with it
     */
    NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan);
}
