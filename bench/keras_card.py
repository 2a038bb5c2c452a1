#!/usr/bin/env python3
"""Writes a LesionJ card beside the ResNet-50 that startup.py --prepare exported. Usage: keras_card.py FOLDER (holds resnet50_tf)"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import tensorflow as tf


def main(folder):
    signature = tf.saved_model.load(os.path.join(folder, "resnet50_tf")).signatures["serving_default"]
    card = {
        "type": "model", "format_version": "0.5.4", "name": "keras-resnet50", "version": "1.0.0",
        "description": "ResNet-50 with random weights, as Keras exports it.", "license": "Apache-2.0",
        "weights": {"tensorflow_saved_model_bundle": {"source": "resnet50_tf"}},
        "config": {"lesionj": {
            "format": 1, "label_kind": "multi_class", "class_names": [str(i) for i in range(1000)],
            "input": {"width": 224, "height": 224, "channels": 3, "channel": "rgb",
                      "intensity": {"kind": "type"}, "resize": "stretch"},
            "signature": {"input": list(signature.structured_input_signature[1])[0],
                          "outputs": {"scores": list(signature.structured_outputs)[0]}},
            "activation": "none"}}}
    with open(os.path.join(folder, "rdf.yaml"), "w") as file:
        json.dump(card, file, indent=1)  # JSON is YAML


if __name__ == "__main__":
    main(sys.argv[1])
