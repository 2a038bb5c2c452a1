"""Grad-CAM of two networks that LesionJ did not make, by tf.GradientTape and by tf.compat.v1.gradients.

Run in src/test/resources/gradcam with TensorFlow 2.16 and Keras 3 (made with 2.16.2 and 3.15.1):
    python ../../python/grad_cam.py [FOLDER OF cifar_saved_model]
Writes the SavedModel keras/ with functions and resource variables, grad_cam.json with inputs and maps, and, where the
folder is given, the maps of that model (TensorFlow 1, reference variables) of the same pattern of pixels.

A map is max(0, sum over c of w_c f_c), w_c = mean over positions of d score / d f_c (Selvaraju 2017, equations 1 and 2),
f the output of the last convolution's ReLU, the score before softmax. Tolerance: 1e-5 of each map's maximum.
"""
import json
import os
import shutil
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras
import numpy as np
import tensorflow as tf


def pattern(batch, size, channels):
    """The same in Java: values in 0..1 that are no symmetric figure."""
    i = np.arange(batch * size * size * channels, dtype=np.int64)
    return ((i * 7919 % 1009) / 1009).astype(np.float32).reshape(batch, size, size, channels)


def map_of(features, gradient):
    weights = gradient.mean(axis=(1, 2), dtype=np.float64)
    return np.maximum(0, np.einsum("bhwc,bc->bhw", features.astype(np.float64), weights))


def keras_network():
    keras.utils.set_random_seed(7)
    image = keras.Input((16, 16, 1), name="image")
    x = keras.layers.Conv2D(6, 3, padding="same", use_bias=False)(image)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.ReLU()(x)
    x = keras.layers.DepthwiseConv2D(3, padding="same")(x)
    features = keras.layers.Conv2D(8, 3, padding="same", activation="relu", name="last")(x)
    x = keras.layers.MaxPooling2D(2)(features)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dropout(0.3)(x)
    x = keras.layers.Dense(12, activation="gelu")(x)
    scores = keras.layers.Dense(3, name="scores")(x)
    probabilities = keras.layers.Softmax()(scores)
    network = keras.Model(image, probabilities)
    random = np.random.default_rng(3)
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.set_weights([random.uniform(0.5, 1.5, w.shape).astype(np.float32) for w in layer.get_weights()])
    return network, keras.Model(image, [features, scores, probabilities])


def keras_maps(parts, images):
    maps = []
    for k in range(3):
        with tf.GradientTape() as tape:
            features, scores, probabilities = parts(images, training=False)
            score = tf.reduce_sum(scores[:, k])
        gradient = tape.gradient(score, features)
        maps.append(map_of(features.numpy(), gradient.numpy()))
    return np.stack(maps, axis=1), probabilities.numpy()


def cifar_maps(folder, images, classes):
    with tf.Graph().as_default() as graph, tf.compat.v1.Session() as session:
        tf.compat.v1.saved_model.loader.load(session, ["serve"], folder)
        features = graph.get_tensor_by_name("OutputConvRelu_1:0")
        scores = graph.get_tensor_by_name("add_1:0")
        maps = []
        for k in classes:
            gradient = tf.compat.v1.gradients(tf.reduce_sum(scores[:, k]), features)[0]
            f, g = session.run([features, gradient], {"Input:0": images})
            maps.append(map_of(f, g))
        return np.stack(maps, axis=1)


def main():
    network, parts = keras_network()
    images = pattern(2, 16, 1)
    maps, probabilities = keras_maps(parts, images)
    shutil.rmtree("keras", ignore_errors=True)
    network.export("keras", verbose=False)
    result = {"keras": {"probabilities": probabilities.tolist(), "maps": maps.tolist()}}
    if len(sys.argv) > 1:
        maps = cifar_maps(sys.argv[1], pattern(2, 32, 3), range(10))
        classes = [k for k in range(10) if maps[:, k].max(axis=(1, 2)).min() > 0][:3]
        result["cifar"] = {"classes": classes, "maps": maps[:, classes].tolist()}
    with open("grad_cam.json", "w") as out:
        json.dump(result, out)
        out.write("\n")


if __name__ == "__main__":
    main()
