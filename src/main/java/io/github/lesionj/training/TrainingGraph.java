package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.BatchLimit;
import io.github.lesionj.network.InferenceLayers;
import io.github.lesionj.network.NetworkGraph;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.network.Tensors;
import io.github.lesionj.network.TrainingLayers;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.OutOfDeviceMemoryException;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One network twice in one graph, for training and for inference, with its optimiser and a session, which it owns. Used by
 * one thread.
 *
 * <p>Both sides share their weights, unless the plan asks for a {@linkplain WeightAverage moving average}: then inference has
 * the averages, and so they are what is validated, kept and exported. It is off by default: measured on small lesions it
 * gained nothing at the end, where the learning rate is near zero. That measurement left the batch statistics as they were,
 * which do not go with averaged weights and hid for many epochs what had been learned; now they are averaged too.
 */
final class TrainingGraph implements AutoCloseable {

    /** Before the names of the weights that the optimiser works on, where inference has averages. */
    private static final String STEPPED = "stepped/";

    /**
     * What a step found.
     *
     * @param loss  mean over the items of the step, with the regulariser of the architecture
     * @param norm  global norm of the gradients before clipping
     * @param parts that the loss is made of, by name, where it has any
     */
    record Step(float loss, float norm, Map<String, Float> parts) {

        boolean finite() {
            return Float.isFinite(loss) && Float.isFinite(norm);
        }
    }

    /**
     * What inference says of a batch.
     *
     * @param outputs that the criterion asks for, first axis the items
     * @param losses  [item]
     * @param weights [item], how much each counts in the mean loss
     */
    record Judgement(List<FloatTensor> outputs, FloatTensor losses, FloatTensor weights) {
    }

    private final TrainingPlan plan;
    private final Ops tf;
    private final Placeholder<TFloat32> image;
    private final Placeholder<TFloat32> targets;
    private final Placeholder<TInt64> batchNumber;
    private final ResourceVariables variables;
    private final Optional<WeightAverage> average;
    private final NetworkGraph inference;
    private final Criterion criterion;
    private final Criterion.Judged judged;
    private final Backbone backbone;
    private final Gradients gradients;
    private final Operand<TFloat32> norm;
    private final Optimizer optimizer;
    private final Op firstBatch;
    private final Op furtherBatch;
    private final Op step;
    private final Session session;
    private final BatchLimit limit;

    /**
     * Fills a graph.
     *
     * @param graph     empty; its owner closes it after this
     * @param criterion what training makes small
     * @param settings  of the session
     */
    TrainingGraph(Graph graph, Architecture architecture, NetworkPlan network, TrainingPlan plan, Criterion criterion,
            SessionSettings settings) {
        this.plan = plan;
        this.criterion = criterion;
        tf = Ops.create(graph);
        OptimizerSettings optimizing = plan.settings().optimizer();
        variables = new ResourceVariables(tf, "");
        average = optimizing.ema() > 0 ? Optional.of(new WeightAverage(tf, optimizing.ema())) : Optional.empty();
        image = tf.placeholder(TFloat32.class,
            Placeholder.shape(Shape.of(-1, network.height(), network.width(), network.channels())));
        targets = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, criterion.targetSize())));
        batchNumber = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));

        // inference first: only a network that was built says which variables are its head
        inference = architecture.build(new InferenceLayers(tf, model()), image, network);
        judged = criterion.judged(tf, inference, targets);
        backbone = Backbone.of(plan, inference, model());
        TrainingLayers layers = new TrainingLayers(tf, variables, batchNumber, plan.seed(), backbone::isFrozen);
        NetworkGraph training = architecture.build(layers, image, network);

        List<ResourceVariables.Entry> trained = trained();
        gradients = new Gradients(tf, criterion.objective(tf, training, targets), trained, batchesPerStep());
        norm = gradients.norm();
        optimizer = Optimizer.of(tf, optimizing);
        optimize(trained, gradients.clipped(norm, optimizing.clip()));

        firstBatch = together(layers.updates(), gradients.keeping(true));
        furtherBatch = together(layers.updates(), gradients.keeping(false));
        List<Op> written = new ArrayList<>(layers.updates());
        written.addAll(optimizer.updates());
        step = together(written, average.map(each -> each.updates(variables, written, backbone::isFrozen)).orElse(List.of()));
        session = new Session(graph, settings.toProto());
        limit = BatchLimit.of(graph, settings);
    }

    /** What inference uses. */
    private ResourceVariables model() {
        return average.map(WeightAverage::averages).orElse(variables);
    }

    private List<ResourceVariables.Entry> trained() {
        return variables.trained().stream().filter(entry -> !backbone.isFrozen(entry.spec().name())).toList();
    }

    private void optimize(List<ResourceVariables.Entry> trained, List<Operand<TFloat32>> values) {
        Map<Double, List<Integer>> byRate = new TreeMap<>();
        for (int i = 0; i < trained.size(); i++) {
            byRate.computeIfAbsent(backbone.rate(trained.get(i)), rate -> new ArrayList<>()).add(i);
        }
        byRate.forEach((rate, members) -> optimizer.add(members.stream().map(trained::get).toList(),
            members.stream().<Operand<TFloat32>>map(values::get).toList(), rate));
    }

    private Op together(List<Op> some, List<Op> others) {
        List<Op> all = new ArrayList<>(some);
        all.addAll(others);
        return tf.withControlDependencies(all).noOp();
    }

    /** Begins a training: these weights, the optimiser knows of nothing yet. */
    void start(Map<String, FloatTensor> weights) {
        variables.write(session, weights);
        load(weights);
        optimizer.reset(session);
    }

    /**
     * Goes on with a training.
     *
     * @param weights as {@link #weights} gave them
     * @param slots   as {@link #optimizerState} gave them
     */
    void resume(Map<String, FloatTensor> weights, Map<String, FloatTensor> slots) {
        load(weights);
        optimizer.slots().write(session, slots);
        if (average.isPresent()) {
            Map<String, FloatTensor> stepped = new HashMap<>();
            variables.entries().forEach(entry -> stepped.put(entry.spec().name(), slots.get(STEPPED + entry.spec().name())));
            variables.write(session, stepped);
        }
    }

    /** Sets all weights of inference. */
    void load(Map<String, FloatTensor> weights) {
        model().write(session, weights);
    }

    /** Whether a variable belongs to the network's head. */
    boolean isHead(String variable) {
        return inference.isHead(variable);
    }

    Map<String, FloatTensor> initialWeights() {
        return variables.initialValues(plan.seed());
    }

    /**
     * Adds a batch to what the step will see; {@link #step} takes the last one of it.
     *
     * @param number  of the step, from 0
     * @param ofStep  number of the batch within it, from 0
     */
    void add(Batch batch, long number, int ofStep) {
        Session.Runner runner = session.runner().addTarget(ofStep == 0 ? firstBatch : furtherBatch);
        try (Feeds feeds = feeds(runner, batch)) {
            feeds.scalar(batchNumber, number * batchesPerStep() + ofStep);
            run(runner, batch).close();
        }
    }

    /**
     * Changes the weights by the last batch of a step, and those that were added.
     *
     * @param number of the step, from 0
     */
    Step step(Batch batch, double learningRate, long number) {
        Session.Runner runner = session.runner().fetch(gradients.loss()).fetch(norm).addTarget(step);
        gradients.parts().values().forEach(runner::fetch);
        try (Feeds feeds = feeds(runner, batch)) {
            feeds.scalar(batchNumber, (number + 1) * batchesPerStep() - 1);
            optimizer.feed(feeds, learningRate, number);
            average.ifPresent(each -> each.feed(feeds, number));
            try (Result result = run(runner, batch)) {
                Map<String, Float> parts = new LinkedHashMap<>();
                gradients.parts().keySet().forEach(name -> parts.put(name, ((TFloat32) result.get(parts.size() + 2)).getFloat()));
                return new Step(((TFloat32) result.get(0)).getFloat(), ((TFloat32) result.get(1)).getFloat(), parts);
            }
        }
    }

    int batchesPerStep() {
        return plan.settings().batches().accumulate();
    }

    private static Result run(Session.Runner runner, Batch batch) {
        try {
            return runner.run();
        } catch (TFResourceExhaustedException e) {
            throw new OutOfDeviceMemoryException("A batch of " + batch.items().length
                + " images does not fit into memory. Take a smaller batch; accumulate can make up for it.", e);
        }
    }

    /** Predicts one batch in inference mode. */
    Judgement judge(Batch batch) {
        Session.Runner runner = session.runner().fetch(judged.loss().values()).fetch(judged.loss().weights());
        judged.outputs().forEach(runner::fetch);
        try (Feeds feeds = feeds(runner, batch); Result result = run(runner, batch)) {
            List<FloatTensor> outputs = new ArrayList<>();
            judged.outputs().forEach(output -> outputs.add(Tensors.copy((TFloat32) result.get(outputs.size() + 2))));
            return new Judgement(outputs, Tensors.copy((TFloat32) result.get(0)), Tensors.copy((TFloat32) result.get(1)));
        }
    }

    private Feeds feeds(Session.Runner runner, Batch batch) {
        int items = batch.items().length;
        limit.check(items);
        Feeds feeds = new Feeds(runner);
        feeds.tensor(image, batch.inputs(), items, plan.network().height(), plan.network().width(), plan.network().channels());
        feeds.tensor(targets, batch.targets(), items, criterion.targetSize());
        return feeds;
    }

    /** The criterion's first output for some images in inference mode, such as logits [item, class]. */
    FloatTensor predict(FloatTensor images) {
        int[] items = new int[images.batch()];
        return judge(new Batch(items, images.values(), new float[items.length * criterion.targetSize()])).outputs().get(0);
    }

    /** A copy of all weights that inference uses: the averages where there are such. */
    Map<String, FloatTensor> weights() {
        return model().read(session);
    }

    /** A copy of what the optimiser needs to go on, beside {@link #weights}: its slots, and the weights of the last step. */
    Map<String, FloatTensor> optimizerState() {
        Map<String, FloatTensor> state = new HashMap<>(optimizer.slots().read(session));
        if (average.isPresent()) {
            variables.read(session).forEach((name, value) -> state.put(STEPPED + name, value));
        }
        return state;
    }

    /** Number of values that training changes. */
    long parameters() {
        return trained().stream().mapToLong(entry -> entry.spec().size()).sum();
    }

    /** Number of values that stay as they are, though another training would change them. */
    long frozenParameters() {
        return variables.trained().stream().mapToLong(entry -> entry.spec().size()).sum() - parameters();
    }

    @Override
    public void close() {
        session.close();
    }
}
