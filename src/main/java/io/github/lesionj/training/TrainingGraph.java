package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.InferenceLayers;
import io.github.lesionj.network.Loss;
import io.github.lesionj.network.NetworkGraph;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.network.Tensors;
import io.github.lesionj.network.TrainingLayers;
import io.github.lesionj.runtime.OutOfDeviceMemoryException;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * One network twice in one graph, for training and for inference, with its optimiser and a session, which it
 * owns. Both sides share their weights. Used by one thread.
 *
 * <p>There is no moving average of weights: measured on small lesions it gained nothing at the end, where the learning
 * rate is near zero, and hid for many epochs what had been learned, for batch statistics do not go with averaged weights.
 */
final class TrainingGraph implements AutoCloseable {

    /** Largest global norm of the gradients. */
    private static final double CLIP = 1;
    /** Weight of a second opinion in the loss. */
    private static final float AUXILIARY = 0.5f;

    /**
     * What a step found.
     *
     * @param loss mean over the batch, with the regulariser of the architecture
     * @param norm global norm of the gradients before clipping
     */
    record Step(float loss, float norm) {

        boolean finite() {
            return Float.isFinite(loss) && Float.isFinite(norm);
        }
    }

    /**
     * What inference says of a batch.
     *
     * @param logits [item, class]
     * @param losses [item]
     */
    record Judgement(FloatTensor logits, FloatTensor losses) {
    }

    private final TrainingPlan plan;
    private final Ops tf;
    private final Placeholder<TFloat32> image;
    private final Placeholder<TFloat32> targets;
    private final Placeholder<TInt64> stepNumber;
    private final ResourceVariables variables;
    private final Operand<TFloat32> loss;
    private final AdamW optimizer;
    private final Op step;
    private final NetworkGraph inference;
    private final Operand<TFloat32> inferenceLosses;
    private final Session session;

    /**
     * Fills a graph.
     *
     * @param graph    empty; its owner closes it after this
     * @param settings of the session
     */
    TrainingGraph(Graph graph, Architecture architecture, NetworkPlan network, TrainingPlan plan,
            SessionSettings settings) {
        this.plan = plan;
        tf = Ops.create(graph);
        variables = new ResourceVariables(tf, "");
        image = tf.placeholder(TFloat32.class,
            Placeholder.shape(Shape.of(-1, plan.height(), plan.width(), plan.channels())));
        targets = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, plan.classes())));
        stepNumber = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
        Loss criterion = Loss.crossEntropy(plan.labelKind(), plan.labelSmoothing());

        TrainingLayers layers = new TrainingLayers(tf, variables, stepNumber, plan.seed());
        NetworkGraph training = architecture.build(layers, image, network);
        loss = loss(criterion, training);
        optimizer = new AdamW(tf, loss, variables, plan.weightDecay(), CLIP);
        List<Op> updates = new ArrayList<>(layers.updates());
        updates.addAll(optimizer.updates());
        step = tf.withControlDependencies(updates).noOp();

        inference = architecture.build(new InferenceLayers(tf, variables), image, network);
        inferenceLosses = criterion.perItem(tf, inference.logits(), targets);
        session = new Session(graph, settings.toProto());
    }

    private Operand<TFloat32> loss(Loss criterion, NetworkGraph network) {
        Operand<TFloat32> mean = tf.math.mean(criterion.perItem(tf, network.logits(), targets), tf.constant(0));
        if (network.auxiliaryLogits().isPresent()) {
            Operand<TFloat32> second = tf.math.mean(criterion.perItem(tf, network.auxiliaryLogits().get(), targets), tf.constant(0));
            mean = tf.math.add(mean, tf.math.mul(second, tf.constant(AUXILIARY)));
        }
        return network.regularizer().isPresent() ? tf.math.add(mean, network.regularizer().get()) : mean;
    }

    /** Begins a training: these weights, moments at zero. */
    void start(Map<String, FloatTensor> weights) {
        load(weights);
        optimizer.reset(session);
    }

    /** Goes on with a training: these weights and these moments. */
    void resume(Map<String, FloatTensor> weights, Map<String, FloatTensor> moments) {
        load(weights);
        optimizer.moments().write(session, moments);
    }

    /** Sets all weights. */
    void load(Map<String, FloatTensor> weights) {
        variables.write(session, weights);
    }

    /** Whether a variable belongs to the network's head. */
    boolean isHead(String variable) {
        return inference.isHead(variable);
    }

    Map<String, FloatTensor> initialWeights() {
        return variables.initialValues(plan.seed());
    }

    /** Trains on one batch. */
    Step step(Batch batch, double learningRate, long number) {
        Session.Runner runner = session.runner().fetch(loss).fetch(optimizer.norm()).addTarget(step);
        try (Feeds feeds = feeds(runner, batch)) {
            feeds.scalar(stepNumber, number);
            optimizer.feed(feeds, learningRate, number);
            try (Result result = run(runner, batch)) {
                return new Step(((TFloat32) result.get(0)).getFloat(), ((TFloat32) result.get(1)).getFloat());
            }
        }
    }

    private static Result run(Session.Runner runner, Batch batch) {
        try {
            return runner.run();
        } catch (TFResourceExhaustedException e) {
            throw new OutOfDeviceMemoryException("A batch of " + batch.items().length
                + " images does not fit into memory. Take a smaller batch.", e);
        }
    }

    /** Predicts one batch in inference mode. */
    Judgement judge(Batch batch) {
        Session.Runner runner = session.runner().fetch(inference.logits()).fetch(inferenceLosses);
        try (Feeds feeds = feeds(runner, batch); Result result = run(runner, batch)) {
            return new Judgement(Tensors.copy((TFloat32) result.get(0)), Tensors.copy((TFloat32) result.get(1)));
        }
    }

    private Feeds feeds(Session.Runner runner, Batch batch) {
        int items = batch.items().length;
        Feeds feeds = new Feeds(runner);
        feeds.tensor(image, batch.inputs(), items, plan.height(), plan.width(), plan.channels());
        feeds.tensor(targets, batch.targets(), items, plan.classes());
        return feeds;
    }

    /** Logits of some images in inference mode, [item, class]. */
    FloatTensor predict(FloatTensor images) {
        int[] items = new int[images.batch()];
        return judge(new Batch(items, images.values(), new float[items.length * plan.classes()])).logits();
    }

    /** A copy of all weights. */
    Map<String, FloatTensor> weights() {
        return variables.read(session);
    }

    /** A copy of the optimiser's moments. */
    Map<String, FloatTensor> moments() {
        return optimizer.moments().read(session);
    }

    /** Number of values that training changes. */
    long parameters() {
        return variables.trained().stream().mapToLong(entry -> entry.spec().size()).sum();
    }

    @Override
    public void close() {
        session.close();
    }
}
