"""Exports SavedModels with TensorFlow itself: three that must be refused and one that must not.

Run in src/test/resources/savedmodels with TensorFlow 2.15 or newer, then delete variables/ and fingerprint.pb: only
the graphs are read.
"""
import tensorflow as tf

SCALAR = tf.TensorSpec([], tf.string)
VECTOR = tf.TensorSpec([None], tf.float32)


class ReadsFile(tf.Module):
    @tf.function(input_signature=[SCALAR])
    def __call__(self, path):
        return {"scores": tf.io.read_file(path)}


class CallsPython(tf.Module):
    @tf.function(input_signature=[VECTOR])
    def __call__(self, x):
        def python(a):
            return tf.py_function(lambda b: b, [a], tf.float32)

        return {"scores": tf.map_fn(lambda a: tf.cond(a > 0, lambda: python(a), lambda: a), x)}


class Saves(tf.Module):
    def __init__(self):
        super().__init__()
        self.factor = tf.Variable(2.0)

    @tf.function(input_signature=[VECTOR])
    def __call__(self, x):
        save = tf.raw_ops.SaveV2(prefix="/nowhere/x", tensor_names=["x"], shape_and_slices=[""], tensors=[x])
        with tf.control_dependencies([save]):
            return {"scores": x * self.factor}


class Computes(tf.Module):
    def __init__(self):
        super().__init__()
        self.factor = tf.Variable(2.0)

    @tf.function(input_signature=[VECTOR])
    def __call__(self, x):
        x = tf.map_fn(lambda a: tf.cond(a > 0, lambda: a * self.factor, lambda: a), x)
        return {"scores": tf.while_loop(lambda a: tf.reduce_sum(a) < 10.0, lambda a: [a + 1.0], [x])[0]}


for model in (ReadsFile(), CallsPython(), Saves(), Computes()):
    tf.saved_model.save(model, type(model).__name__)
