#!/usr/bin/env python3
"""Measures every architecture and writes docs/models.md.

models.py --lesionj PROGRAM --java "COMMAND of the bench" --npz PNEUMONIAMNIST --work FOLDER --page docs/models.md [ARCHITECTURE ...]
Parameters and GFLOP are counted in the graph; speed and memory are measured at 128 px, one channel, batch 16; quality is that of a
training on PneumoniaMNIST's train split, judged on its val split, which chose the best epoch as well. What was measured is kept
in WORK with its day and processor, and taken again on this processor.
"""
import argparse
import datetime
import json
import os
import shlex
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import beside_keras

EPOCHS = 8
COMMON = (f"class_names=normal,pneumonia epochs={EPOCHS} batch=32 learning_rate=0.001 augment=light resize=crop intensity=type "
          "channels=1 device=cpu seed=1").split()
# A network made for 224 px sees the 28 px images enlarged to 64 px; the small one sees them as they are.
SIZES = {"explainable-cnn": ["size=28"]}
OTHERS = ["size=64", "options=stem=large"]
WHEN = {
    "explainable-cnn": "The first choice: small data, small images, a processor without a GPU, or where the map matters as much as the class.",
    "resnet18": "The usual network for a thousand images and more; trains in minutes to hours on a processor.",
    "resnet34": "As resnet18, where more data (some ten thousand images) shows that resnet18 is too small.",
    "resnet50": "Starts from weights that you have (most published ones are of this network); without them or a GPU seldom worth its time.",
    "densenet121": "The network of the chest X-ray literature; few parameters, so it overfits less; its steps take about as long as resnet50's.",
}
LITERATURE = {"resnet50": "0.85 to 0.92", "densenet121": "0.87 to 0.94"}


def kept(file, measure):
    """What a file holds, or what is measured now and written into it; what another processor measured stops the run."""
    if not os.path.exists(file):
        found = {**measure(), "date": str(datetime.date.today()), "processor": processor()}
        with open(file + ".part", "w") as out:
            json.dump(found, out)
        os.replace(file + ".part", file)
    with open(file) as known:
        found = json.load(known)
    if found.get("processor") != processor():
        sys.exit(f"{file} was measured on {found.get('processor')}, this is {processor()}: delete it to measure anew.")
    return found


def quality(a, architecture):
    folder = os.path.join(a.work, architecture)
    start = time.time()
    for command in (
            [a.lesionj, "Train Classifier...", f"data={a.npz}#train", "validation=#val", f"output={folder}/run",
             f"architecture={architecture}", *COMMON, *SIZES.get(architecture, OTHERS)],
            [a.lesionj, "Evaluate Model...", f"model={folder}/run/model", f"data={a.npz}#val", f"output={folder}/judged", "seed=1"]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{shlex.join(command)}\n{done.stderr}")
    with open(f"{folder}/judged/metrics.json") as file:
        metrics = json.load(file)
    figures = {key: metrics[key] for name in ("auc", "accuracy") for key in (name, name + "_low", name + "_high")}
    return {**figures, "minutes": (time.time() - start) / 60}


def network(a, architecture):
    java = shlex.split(a.java)
    steps = str(beside_keras.STEPS.get(architecture, 20))
    folder = os.path.join(a.work, architecture, "network")
    counted = subprocess.run(java + ["export", architecture, folder], capture_output=True, text=True, check=True).stdout
    return {**json.loads(counted.strip().splitlines()[-1]),
            "train": beside_keras.run(java + ["train", architecture, steps], {}),
            "infer": beside_keras.run(java + ["infer", architecture, steps, folder], {})}


def interval(figures, name):
    return f"{figures[name]:.3f} ({figures[name + '_low']:.3f} to {figures[name + '_high']:.3f})"


def page(rows):
    lines = [
        "# Architectures", "",
        f"Written by `bin/bench models`, measured {days(rows)}, {processor()}, {os.cpu_count()} cores. Every figure is measured by that command, which anyone can run again.",
        "", "| Architecture | Parameters, millions | GFLOP an image | Training, images/s | Memory in training, MB | Inference, images/s | One image, ms | Memory in inference, MB |",
        "|---|---|---|---|---|---|---|---|"]
    for name, net, _ in rows:
        lines.append(f"| `{name}` | {net['parameters'] / 1e6:.2f} | {net['gflop']:.2f} | {net['train']['images_per_second']:.0f} | {net['train']['peak_mb']} "
                     f"| {net['infer']['images_per_second']:.0f} | {net['infer']['ms_per_image']:.0f} | {net['infer']['peak_mb']} |")
    lines += ["", "At 128 px, one channel, two classes, batches of 16; memory is the largest of the whole process, with Java's. A GFLOP is 10^9 operations, a "
              "multiplication and an addition counted as two.", "",
              "| Architecture | Input | AUC (95 %) | Accuracy (95 %) | Minutes of training | Range of the literature |", "|---|---|---|---|---|---|"]
    for name, _, found in rows:
        size = SIZES.get(name, OTHERS)[0].split("=")[1]
        lines.append(f"| `{name}` | {size} px | {interval(found, 'auc')} | {interval(found, 'accuracy')} | {found['minutes']:.0f} | {LITERATURE.get(name, '')} |")
    lines += ["", f"Trained from random weights on PneumoniaMNIST's train split for {EPOCHS} epochs (`{' '.join(COMMON)}`), judged on its val split, on which the best "
              "epoch was chosen as well: the figures compare the networks, they do not promise a quality. The AUC's interval is DeLong's, the accuracy's a bootstrap's. "
              "The ranges are for AUC over many medical data sets, as reviews state them; val of PneumoniaMNIST is easier than most.", "", "## When to take which", ""]
    lines += [f"- `{name}`: {WHEN.get(name, 'An architecture of another jar.')}" for name, _, _ in rows]
    return "\n".join(lines) + "\n"


def days(rows):
    known = sorted({figures["date"] for row in rows for figures in row[1:]})
    return known[0] if len(known) == 1 else f"{known[0]} to {known[-1]}"


def processor():
    with open("/proc/cpuinfo") as file:
        return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown processor")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("architectures", nargs="*", default=list(WHEN))
    for name in ("lesionj", "java", "npz", "work", "page"):
        p.add_argument("--" + name, required=True)
    a = p.parse_args()
    rows, networks = [], {}
    for architecture in a.architectures:
        os.makedirs(os.path.join(a.work, architecture), exist_ok=True)
        networks[architecture] = kept(os.path.join(a.work, architecture, "network.json"), lambda: network(a, architecture))
    for architecture, net in networks.items():
        found = kept(os.path.join(a.work, architecture, "quality.json"), lambda: quality(a, architecture))
        rows.append((architecture, net, found))
        print(json.dumps({"benchmark": "models", "architecture": architecture, **net, **found}), flush=True)
    with open(a.page, "w") as file:
        file.write(page(rows))


if __name__ == "__main__":
    main()
