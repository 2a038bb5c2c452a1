package io.github.lesionj.inference;

import ai.djl.Model;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import org.tensorflow.proto.MetaGraphDef;

/**
 * A SavedModel's initialisers. TensorFlow runs them while it loads a model, with the paths of its assets; DJL asks for them
 * again with every prediction, without those paths, which fails for a model that has assets.
 */
final class InitOps {

    private InitOps() {
    }

    /** Lets a loaded model that has assets predict without its initialisers. */
    static void leaveOut(Model model, String signature) throws ReflectiveOperationException {
        SavedModelBundle bundle = Blocks.bundle(model);
        MetaGraphDef graph = bundle.getMetaGraphDef();
        if (graph.getAssetFileDefCount() == 0) {
            return;
        }
        MetaGraphDef without = graph.toBuilder().removeSignatureDef("__saved_model_init_op").removeCollectionDef("saved_model_main_op")
            .removeCollectionDef("legacy_init_op").removeCollectionDef("table_initializer").build();
        Blocks.replace(model, new TfSymbolBlock(new SavedModelBundle(bundle.getGraph(), bundle.getSession(), without), signature));
    }
}
