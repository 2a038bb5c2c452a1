package io.github.lesionj.network;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network in a graph. Immutable: {@code NetworkGraph.of(logits, "fc").withFeatures(pooled).withCam(cam)}; what a network
 * does not have is left out, so that a part added here later breaks no architecture of others. A classifier has logits, a
 * detector has candidates and a loss.
 */
public final class NetworkGraph {

    private final Operand<TFloat32> logits;
    private final List<String> headLayers;
    private final Operand<TFloat32> attention;
    private final Operand<TFloat32> cam;
    private final Operand<TFloat32> features;
    private final Operand<TFloat32> auxiliaryLogits;
    private final Operand<TFloat32> regularizer;
    private final Candidates candidates;
    private final DetectionLoss detectionLoss;

    private NetworkGraph(Operand<TFloat32> logits, List<String> headLayers, Operand<TFloat32> attention,
            Operand<TFloat32> cam, Operand<TFloat32> features, Operand<TFloat32> auxiliaryLogits,
            Operand<TFloat32> regularizer, Candidates candidates, DetectionLoss detectionLoss) {
        this.logits = logits;
        this.headLayers = headLayers;
        this.attention = attention;
        this.cam = cam;
        this.features = features;
        this.auxiliaryLogits = auxiliaryLogits;
        this.regularizer = regularizer;
        this.candidates = candidates;
        this.detectionLoss = detectionLoss;
    }

    /**
     * A network that gives logits.
     *
     * @param logits     [batch, class], before softmax or sigmoid
     * @param headLayers names of the layers that begin afresh with other classes and learn at the full rate; all other
     *                   layers are the backbone
     */
    public static NetworkGraph of(Operand<TFloat32> logits, String... headLayers) {
        return new NetworkGraph(logits, List.of(headLayers), null, null, null, null, null, null, null);
    }

    /**
     * A network that gives boxes.
     *
     * @param candidates before any threshold and non-maximum suppression
     * @param loss       that it is trained by
     * @param headLayers as of a classifier
     */
    public static NetworkGraph detector(Candidates candidates, DetectionLoss loss, String... headLayers) {
        return new NetworkGraph(null, List.of(headLayers), null, null, null, null, null, candidates, loss);
    }

    /** With an attention map in 0..1, [batch, h, w, 1]. */
    public NetworkGraph withAttention(Operand<TFloat32> map) {
        return new NetworkGraph(logits, headLayers, map, cam, features, auxiliaryLogits, regularizer,
            candidates, detectionLoss);
    }

    /** With class activation maps without any scaling, [batch, h, w, class]. */
    public NetworkGraph withCam(Operand<TFloat32> maps) {
        return new NetworkGraph(logits, headLayers, attention, maps, features, auxiliaryLogits, regularizer,
            candidates, detectionLoss);
    }

    /** With what the head sees, [batch, feature]. */
    public NetworkGraph withFeatures(Operand<TFloat32> pooled) {
        return new NetworkGraph(logits, headLayers, attention, cam, pooled, auxiliaryLogits, regularizer,
            candidates, detectionLoss);
    }

    /** With a second opinion, [batch, class], that training teaches too and inference leaves out. */
    public NetworkGraph withAuxiliaryLogits(Operand<TFloat32> second) {
        return new NetworkGraph(logits, headLayers, attention, cam, features, second, regularizer,
            candidates, detectionLoss);
    }

    /** With a scalar that training adds to the loss. */
    public NetworkGraph withRegularizer(Operand<TFloat32> scalar) {
        return new NetworkGraph(logits, headLayers, attention, cam, features, auxiliaryLogits, scalar,
            candidates, detectionLoss);
    }

    /**
     * [batch, class], before softmax or sigmoid.
     *
     * @throws IllegalStateException for a detector
     */
    public Operand<TFloat32> logits() {
        if (logits == null) {
            throw new IllegalStateException("a detector has no logits of whole images");
        }
        return logits;
    }

    /** Of a detector; empty for a classifier. */
    public Optional<Candidates> candidates() {
        return Optional.ofNullable(candidates);
    }

    /** Of a detector; empty for a classifier. */
    public Optional<DetectionLoss> detectionLoss() {
        return Optional.ofNullable(detectionLoss);
    }

    /** In 0..1, [batch, h, w, 1]. */
    public Optional<Operand<TFloat32>> attention() {
        return Optional.ofNullable(attention);
    }

    /** [batch, h, w, class]. */
    public Optional<Operand<TFloat32>> cam() {
        return Optional.ofNullable(cam);
    }

    /** [batch, feature]. */
    public Optional<Operand<TFloat32>> features() {
        return Optional.ofNullable(features);
    }

    /** [batch, class]. */
    public Optional<Operand<TFloat32>> auxiliaryLogits() {
        return Optional.ofNullable(auxiliaryLogits);
    }

    /** Scalar. */
    public Optional<Operand<TFloat32>> regularizer() {
        return Optional.ofNullable(regularizer);
    }

    /** Whether a variable belongs to the head: its layer, or a layer that its layer lies in, was named as one. */
    public boolean isHead(String variable) {
        return headLayers.stream().anyMatch(layer -> variable.startsWith(layer + "."));
    }
}
