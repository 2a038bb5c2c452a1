package io.github.lesionj.inference;

import ai.djl.BaseModel;
import ai.djl.Model;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import java.lang.reflect.Field;

/** What DJL runs of a SavedModel: a block is one signature of a loaded graph. */
final class Blocks {

    private Blocks() {
    }

    /** The graph and session of a loaded model. */
    static SavedModelBundle bundle(Model model) {
        return ((TfSymbolBlock) model.getBlock()).getSavedModelBundle();
    }

    /** Gives a loaded model another block on the same graph and session; closing the model then closes those. */
    static void replace(Model model, TfSymbolBlock other) throws ReflectiveOperationException {
        // DJL has no other way to another block; the first is dropped without closing, for graph and session go on in the second
        Field block = BaseModel.class.getDeclaredField("block");
        block.setAccessible(true);
        block.set(model, other);
    }
}
