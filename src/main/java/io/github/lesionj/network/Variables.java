package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Gives layers the variables they ask for. */
public interface Variables {

    /** The present value of a variable in the graph; the same one when the same name is asked for again. */
    Operand<TFloat32> get(VariableSpec spec);
}
