#!/usr/bin/env python3
"""What helps where one class is rare: 1:50 subsets of PneumoniaMNIST, five seeds; prints a JSON line a training and a table.

imbalance.py LESIONJ NPZ WORK [SEEDS]
From the train split 1,200 normal images and 24 pneumonias are drawn, others with every seed; the best epoch is selected on one
half of the val split (per class) and judged on the other. Every method has the same network, epochs and augmentation, and sees
the same images. A training that is there already is taken.
"""
import json
import os
import random
import struct
import sys
import zipfile

from runs import cell, output

NORMAL, RARE = 1200, 24
COMMON = ("class_names=normal,pneumonia positive=pneumonia architecture=explainable-cnn options=width=12 epochs=20 batch=32 "
          "learning_rate=0.002 augment=light resize=crop intensity=type channels=1 device=cpu").split()
METHODS = {
    "plain cross entropy": [],
    "focal loss (S5), gamma 2": ["loss=focal", "focal_gamma=2"],
    "balanced cross entropy (S6), inverse frequency": ["loss=balanced", "class_weights=inverse"],
    "balanced sampler (S7), 16 of each class": ["sampler=balanced", "samples_per_class=16"],
}
FIGURES = ("average_precision", "balanced_accuracy", "auc")


def read_npy(content):
    """Shape and bytes of an array of bytes."""
    major = content[6]
    size = struct.unpack("<H", content[8:10])[0] if major == 1 else struct.unpack("<I", content[8:12])[0]
    start = (10 if major == 1 else 12) + size
    header = eval(content[start - size:start].decode("latin-1"), {"__builtins__": {}}, {"True": True, "False": False})
    if header["descr"] not in ("|u1", "|b1") or header["fortran_order"]:
        sys.exit(f"an array of {header['descr']} where bytes were expected")
    return header["shape"], content[start:]


def write_npy(shape, values):
    header = repr({"descr": "|u1", "fortran_order": False, "shape": tuple(shape)})
    header += " " * (-(len(header) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + values


def read_split(npz, split):
    shape, images = read_npy(npz.read(f"{split}_images.npy"))
    _, labels = read_npy(npz.read(f"{split}_labels.npy"))
    size = len(images) // shape[0]
    return shape[1:], [(labels[i], images[i * size:(i + 1) * size]) for i in range(shape[0])]


def subset(source, file, seed):
    chance = random.Random(seed)
    with zipfile.ZipFile(source) as npz:
        shape, train = read_split(npz, "train")
        _, val = read_split(npz, "val")
    known = {image for _, image in val}
    train = [item for item in train if item[1] not in known]
    chance.shuffle(train)
    chosen = [i for i in train if i[0] == 0][:NORMAL] + [i for i in train if i[0] == 1][:RARE]
    splits = {"train": chosen, "val": [], "test": []}
    chance.shuffle(val)
    for label in (0, 1):
        of_class = [i for i in val if i[0] == label]
        splits["val"] += of_class[::2]
        splits["test"] += of_class[1::2]
    with zipfile.ZipFile(file, "w") as npz:
        for split, items in splits.items():
            npz.writestr(f"{split}_images.npy", write_npy((len(items), *shape), b"".join(image for _, image in items)))
            npz.writestr(f"{split}_labels.npy", write_npy((len(items), 1), bytes(label for label, _ in items)))


def judged(program, folder, data, method, seed):
    """The figures of one training on the half of val that it did not see."""
    metrics = os.path.join(folder, "judged", "metrics.json")
    if not os.path.exists(metrics):
        output(program, "Train Classifier...", f"data={data}#train", "validation=#val", f"output={folder}/run", f"seed={seed}", *COMMON, *method)
        output(program, "Evaluate Model...", f"model={folder}/run/model", f"data={data}#test", f"output={folder}/judged", "bootstrap=0")
    with open(metrics) as file:
        return json.load(file)


def main():
    program, source, work = sys.argv[1:4]
    seeds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    found = {name: [] for name in METHODS}
    for seed in range(1, seeds + 1):
        os.makedirs(work, exist_ok=True)
        data = os.path.join(work, f"subset{seed}.npz")
        if not os.path.exists(data):
            subset(source, data, seed)
        for number, (name, method) in enumerate(METHODS.items()):
            metrics = judged(program, os.path.join(work, f"{number}-{seed}"), data, method, seed)
            found[name].append(metrics)
            print(json.dumps({"benchmark": "imbalance", "method": name, "seed": seed, **{f: metrics[f] for f in FIGURES}}), flush=True)
    print("\n| Method | " + " | ".join(f.replace("_", " ") + ", mean (95 % interval)" for f in FIGURES) + " |")
    print("|---|" + "---|" * len(FIGURES))
    for name, runs in found.items():
        print(f"| {name} | " + " | ".join(cell([run[f] for run in runs]) for f in FIGURES) + " |")
    print("\nDifference to plain, seed by seed:\n")
    plain = found["plain cross entropy"]
    for name, runs in list(found.items())[1:]:
        print(f"- {name}: " + "; ".join(f.replace("_", " ") + " " + cell([r[f] - p[f] for r, p in zip(runs, plain)], sign="+") for f in FIGURES))


if __name__ == "__main__":
    main()
