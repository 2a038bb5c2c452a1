package io.github.lesionj.inference;

import ai.djl.BaseModel;
import ai.djl.Model;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import java.lang.reflect.Field;
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
        SavedModelBundle bundle = ((TfSymbolBlock) model.getBlock()).getSavedModelBundle();
        MetaGraphDef graph = bundle.getMetaGraphDef();
        if (graph.getAssetFileDefCount() == 0) {
            return;
        }
        MetaGraphDef without = graph.toBuilder().removeSignatureDef("__saved_model_init_op").removeCollectionDef("saved_model_main_op")
            .removeCollectionDef("legacy_init_op").removeCollectionDef("table_initializer").build();
        // DJL has no other way to another block; the first is dropped without closing, for graph and session go on in the second
        Field block = BaseModel.class.getDeclaredField("block");
        block.setAccessible(true);
        block.set(model, new TfSymbolBlock(new SavedModelBundle(bundle.getGraph(), bundle.getSession(), without), signature));
    }
}
