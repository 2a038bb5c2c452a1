package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * Variables of a graph that is trained.
 *
 * <p>They are resource variables: each is read once per run, so that backprop sees the value that the forward pass saw
 * even when an optimiser has written a new one meanwhile. Not thread-safe.
 */
public final class ResourceVariables implements Variables {

    /**
     * One variable in the graph.
     *
     * @param spec   what was asked for
     * @param handle of the resource
     * @param value  its value at the start of a run
     * @param fed    a value given from Java
     * @param assign writes {@code fed} into the variable
     */
    public record Entry(VariableSpec spec, VarHandleOp handle, Operand<TFloat32> value, Placeholder<TFloat32> fed, Op assign) {
    }

    private final Ops tf;
    private final String prefix;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * An empty set of variables.
     *
     * @param tf     the graph
     * @param prefix before each name in the graph, so that a graph can hold two sets of the same variables
     */
    public ResourceVariables(Ops tf, String prefix) {
        this.tf = tf;
        this.prefix = prefix;
    }

    @Override
    public Operand<TFloat32> get(VariableSpec spec) {
        Entry entry = entries.computeIfAbsent(spec.name(), name -> create(spec));
        if (!Arrays.equals(entry.spec().shape(), spec.shape())) {
            throw new IllegalStateException("The network asks for the variable " + spec.name() + " with two shapes");
        }
        return entry.value();
    }

    private Entry create(VariableSpec spec) {
        VarHandleOp handle = tf.varHandleOp(TFloat32.class, Tensors.shape(spec.shape()),
            VarHandleOp.sharedName(prefix + spec.name()));
        Placeholder<TFloat32> fed = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(spec.shape())));
        return new Entry(spec, handle, tf.readVariableOp(handle, TFloat32.class), fed, tf.assignVariableOp(handle, fed));
    }

    /** All variables in the order in which the network first asked for them. */
    public Collection<Entry> entries() {
        return entries.values();
    }

    /** One variable. */
    public Entry entry(String name) {
        return entries.get(name);
    }

    /** Those that training changes by their gradients. */
    public List<Entry> trained() {
        return entries.values().stream().filter(e -> e.spec().role() != VariableSpec.Role.STATISTIC).toList();
    }

    /** Values before training, by name; each depends on the seed and on its own name only. */
    public Map<String, FloatTensor> initialValues(long seed) {
        Map<String, FloatTensor> values = new LinkedHashMap<>();
        for (Entry entry : entries.values()) {
            VariableSpec spec = entry.spec();
            Random random = new Random(Seeds.mix(seed, spec.name().hashCode()));
            values.put(spec.name(), new FloatTensor(spec.initializer().values(spec.shape(), random), spec.shape()));
        }
        return values;
    }

    /** Copies every value out of a session. */
    public Map<String, FloatTensor> read(Session session) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        Session.Runner runner = session.runner();
        entries.values().forEach(entry -> runner.fetch(entry.value()));
        Map<String, FloatTensor> values = new LinkedHashMap<>();
        try (Result result = runner.run()) {
            int index = 0;
            for (String name : entries.keySet()) {
                values.put(name, Tensors.copy((TFloat32) result.get(index++)));
            }
        }
        return values;
    }

    /**
     * Writes every variable of a session.
     *
     * @throws UsageException when a value is missing or has another shape; values that no variable takes are left out
     */
    public void write(Session session, Map<String, FloatTensor> values) {
        if (entries.isEmpty()) {
            return;
        }
        List<TFloat32> fed = new ArrayList<>();
        try {
            Session.Runner runner = session.runner();
            for (Entry entry : entries.values()) {
                TFloat32 tensor = Tensors.of(fitting(values, entry.spec()));
                fed.add(tensor);
                runner.feed(entry.fed(), tensor).addTarget(entry.assign());
            }
            runner.run().close();
        } finally {
            fed.forEach(TFloat32::close);
        }
    }

    static FloatTensor fitting(Map<String, FloatTensor> values, VariableSpec spec) {
        FloatTensor value = values.get(spec.name());
        if (value == null) {
            throw new UsageException("The weights hold no values for " + spec.name()
                + ". They belong to another architecture or to other settings of it.");
        }
        if (!Arrays.equals(value.shape(), spec.shape())) {
            throw new UsageException("The weights for " + spec.name() + " have the shape " + Arrays.toString(value.shape())
                + " and the network needs " + Arrays.toString(spec.shape())
                + ". They belong to another architecture or to other settings of it.");
        }
        return value;
    }
}
