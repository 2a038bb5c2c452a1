package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.runtime.TrainingListener.Figure;
import java.util.List;

/** Collects what a network says of the validation items, and measures it at the end. */
interface Judge {

    /**
     * Takes a batch.
     *
     * @param outputs as the criterion asks the network for them, first axis the items
     */
    void add(Batch batch, List<FloatTensor> outputs);

    /** How many things were judged: two networks whose figures differ by less than one of them are alike. */
    int size();

    /** Over all items so far; the first is what networks are compared by. */
    List<Figure> figures();
}
