package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Variables of a graph that is exported: they take known weights and are never changed again.
 *
 * <p>They are reference variables, because TensorFlow-Java's exporter saves no others.
 */
final class ConstantVariables implements Variables {

    private record Entry(Operand<TFloat32> value, Placeholder<TFloat32> fed, Op assign, FloatTensor content) {
    }

    private final Ops tf;
    private final Map<String, FloatTensor> weights;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    ConstantVariables(Ops tf, Map<String, FloatTensor> weights) {
        this.tf = tf;
        this.weights = weights;
    }

    @Override
    public Operand<TFloat32> get(VariableSpec spec) {
        return get(spec.name(), weight(spec));
    }

    /** The weights of a variable as trained. */
    FloatTensor weight(VariableSpec spec) {
        return ResourceVariables.fitting(weights, spec);
    }

    /** A variable with other values than the weights, such as a folded kernel. */
    Operand<TFloat32> get(String name, FloatTensor content) {
        return entries.computeIfAbsent(name, n -> create(n, content)).value();
    }

    private Entry create(String name, FloatTensor content) {
        Variable<TFloat32> variable = tf.withName(name).variable(Tensors.shape(content.shape()), TFloat32.class);
        Placeholder<TFloat32> fed = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(content.shape())));
        return new Entry(variable, fed, tf.assign(variable, fed), content);
    }

    /** Gives every variable its values in a session. */
    void initialize(Session session) {
        List<TFloat32> fed = new ArrayList<>();
        try {
            Session.Runner runner = session.runner();
            for (Entry entry : entries.values()) {
                TFloat32 tensor = Tensors.of(entry.content());
                fed.add(tensor);
                runner.feed(entry.fed(), tensor).addTarget(entry.assign());
            }
            runner.run().close();
        } finally {
            fed.forEach(TFloat32::close);
        }
    }
}
