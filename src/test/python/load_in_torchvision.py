"""Loads weights that `Manage Models... action=export output=FILE.safetensors` wrote into torchvision's network with strict=True
and, when the model package is given too, compares its logits on the package's own test image.

Run with torch 2.15, torchvision 0.29, safetensors 0.8: python load_in_torchvision.py FILE.safetensors [PACKAGE_FOLDER]
"""
import sys
from pathlib import Path

import numpy as np
import torch
import torchvision
from safetensors import safe_open

state = {}
with safe_open(sys.argv[1], framework="pt") as file:
    name = file.metadata()["architecture"]
    for key in file.keys():
        state[key] = file.get_tensor(key)

dense = name == "densenet121"
stem = state["features.conv0.weight" if dense else "conv1.weight"]
model = getattr(torchvision.models, name)(num_classes=len(state["classifier.bias" if dense else "fc.bias"]))
outputs, channels, size, _ = stem.shape
convolution = torch.nn.Conv2d(channels, outputs, size, 2 if size == 7 else 1, size // 2, bias=False)
if dense:
    model.features.conv0 = convolution
    if size == 3:
        model.features.pool0 = torch.nn.Identity()
else:
    model.conv1 = convolution
    if size == 3:
        model.maxpool = torch.nn.Identity()
print(name, model.load_state_dict(state, strict=True))

if len(sys.argv) > 2:
    package = Path(sys.argv[2])
    image = torch.from_numpy(np.load(package / "test_input.npy").transpose(0, 3, 1, 2).copy())
    with torch.no_grad():
        logits = model.eval()(image).numpy()
    expected = np.load(package / "test_output.npy")
    print("torchvision", logits, "LesionJ", expected, "largest difference", np.abs(logits - expected).max())
    sys.exit(0 if np.abs(logits - expected).max() <= 1e-4 else 1)
