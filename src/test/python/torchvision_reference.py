"""Makes src/test/resources/network/torchvision.json and state_dicts.csv. The first has logits and features of torchvision's networks on weights and images that
a formula gives, so that no weight file need be kept. The formula, the same in HashedValues.java: the value number i of the
tensor NAME (in PyTorch's order of axes) comes from u in [0, 1), 24 bits of a 32-bit hash of FNV-1a(NAME) + 0x9E3779B9 i.

Computed in double precision on the float32 weights; tolerance of the test 1e-4.
The second has, of each network with 3 channels and 10 classes, the SHA-256 of the sorted lines "NAME TYPE SHAPE" of its state
dict, for what strict=True wants.
Run with torch 2.15, torchvision 0.29: python torchvision_reference.py FOLDER
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torchvision

CLASSES = 10
SIZE = 64


def fnv(name):
    h = 0x811C9DC5
    for byte in name.encode():
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    return h


def uniform(name, count):
    x = np.arange(count, dtype=np.uint64) * np.uint64(0x9E3779B9) + np.uint64(fnv(name)) & np.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        x = (x ^ x >> np.uint64(shift)) * np.uint64(factor) & np.uint64(0xFFFFFFFF)
    return (x >> np.uint64(8)) / 2.0**24


def weight(name, shape):
    u = uniform(name, int(np.prod(shape)))
    if len(shape) > 1:
        gain = 8.0 if name.startswith("features.") else 4.0  # logits of about 1 that differ between images
        values = (2 * u - 1) * np.sqrt(gain / np.prod(shape[1:]))
    elif name.endswith("running_var"):
        values = 0.5 + u
    elif name.endswith("weight"):
        values = 2 * u - 0.3  # some are negative
    else:
        values = 0.2 * u - 0.1
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def network(name, channels):
    model = getattr(torchvision.models, name)(num_classes=CLASSES)
    if name == "densenet121":
        model.features.conv0 = torch.nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
    else:
        model.conv1 = torch.nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
    state = {key: torch.zeros((), dtype=torch.int64) if key.endswith("num_batches_tracked") else weight(key, tuple(value.shape))
             for key, value in model.state_dict().items()}
    model.load_state_dict(state, strict=True)
    return model.double()


def outputs(name, channels, training, batch):
    model = network(name, channels).train(training)
    seen = []
    head = model.classifier if name == "densenet121" else model.fc
    head.register_forward_hook(lambda module, inputs, output: seen.append(inputs[0]))
    image = torch.from_numpy((4 * uniform("image", batch * channels * SIZE * SIZE) - 2).astype(np.float32).reshape(batch, channels, SIZE, SIZE))
    with torch.no_grad():
        logits = model(image.double())
    found = {"network": name, "channels": channels, "training": training, "batch": batch,
             "logits": logits.numpy().round(7).tolist(), "features": seen[0].numpy()[:, ::32].round(7).tolist()}
    if training:
        norm = model.features.norm5 if name == "densenet121" else model.layer4[1].bn2
        found["running_mean"] = norm.running_mean.numpy()[::32].round(7).tolist()
        found["running_var"] = norm.running_var.numpy()[::32].round(7).tolist()
    return found


def state_dict(name):
    types = {torch.float32: "F32", torch.int64: "I64"}
    state = getattr(torchvision.models, name)(num_classes=CLASSES).state_dict()
    lines = sorted(f"{key} {types[value.dtype]} {list(value.shape)}\n" for key, value in state.items())
    return f"{name},{len(lines)},{hashlib.sha256(''.join(lines).encode()).hexdigest()}"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    names = ("resnet18", "resnet34", "resnet50", "densenet121")
    cases = [outputs(name, channels, False, 2) for name in names for channels in (1, 3)]
    cases += [outputs(name, 3, True, 4) for name in ("resnet18", "densenet121")]
    (folder / "torchvision.json").write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
    (folder / "state_dicts.csv").write_text("network,tensors,sha256\n" + "\n".join(map(state_dict, names)) + "\n")
