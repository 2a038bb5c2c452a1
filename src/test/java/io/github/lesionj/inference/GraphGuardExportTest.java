package io.github.lesionj.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Real exports: what TensorFlow-Java itself writes must pass, and the same graph with one evil op must not. */
class GraphGuardExportTest {

    @TempDir
    private Path folder;

    private Path export(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> last) throws IOException {
        try (Graph graph = new Graph(); Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
            Variable<TFloat32> weights = tf.variable(tf.constant(new float[][] {{1, 2}, {3, 4}}));
            Operand<TFloat32> output = last.apply(tf, tf.linalg.matMul(input, weights));
            session.initialize();
            Signature signature = Signature.builder().key("serving_default").input("image", input).output("scores", output).build();
            Path target = folder.resolve("export");
            SavedModelBundle.exporter(target.toString()).withSession(session).withSignature(signature).export();
            return target;
        }
    }

    @Test
    void ourOwnExportPasses() throws IOException {
        Path model = export((tf, scores) -> tf.nn.softmax(scores));
        assertEquals(List.of(-1L, 2L), GraphGuard.inspect(model).signatures().get("serving_default").inputs().get("image").shape());
    }

    @Test
    void theSameWithAReadFileDoesNot() throws IOException {
        Path model = export((tf, scores) -> tf.withControlDependencies(tf.io.readFile(tf.constant("/etc/hostname"))).identity(scores));
        UsageException refused = assertThrows(UsageException.class, () -> GraphGuard.inspect(model));
        assertEquals(true, refused.getMessage().contains("ReadFile"), refused.getMessage());
    }

    @Test
    void theSameWithASaveBehindTheOutputDoesNot() throws IOException {
        Path model = export((tf, scores) -> tf.withControlDependencies(tf.train.save(tf.constant("/nowhere/x"),
            tf.array("a"), tf.array(""), List.of(scores))).identity(scores));
        UsageException refused = assertThrows(UsageException.class, () -> GraphGuard.inspect(model));
        assertEquals(true, refused.getMessage().contains("SaveV2"), refused.getMessage());
    }
}
