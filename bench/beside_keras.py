#!/usr/bin/env python3
"""Training or inference speed of LesionJ beside Keras (and PyTorch), process by process in turn; one JSON line an architecture.

beside_keras.py train|infer --java "COMMAND of the bench" --keras PYTHON [--torch PYTHON] [--rounds 5] [--work FOLDER] [ARCHITECTURE ...]
128 px, one channel, two classes, batches of 16. Every process is new in every round, so that all see the same machine; the
ratio is that of the medians. oneDNN is a switch of TensorFlow that both sides share: both are timed with it on and off, and a setting
that was slower by more than a fifth in the first round is not timed again.
"""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
STEPS = {"resnet18": 20, "resnet34": 15, "resnet50": 10, "densenet121": 10}


def run(command, environment):
    """The JSON line of a process, with its largest resident set in MB."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
    out, err = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"failed with status {child.returncode}: {shlex.join(command)}\n{err[-2000:]}")
    line = json.loads(out.strip().splitlines()[-1])
    return {"images_per_second": line.get("images_per_second", line.get("images_per_s")),
            "ms_per_image": line.get("ms_per_image", line.get("batch1_ms_median")), "peak_mb": round(usage.ru_maxrss / 1024)}


def sides(a, architecture):
    steps = str(STEPS.get(architecture, 10))
    java = shlex.split(a.java)
    folder = os.path.join(a.work, architecture)
    ours = java + (["train", architecture, steps] if a.mode == "train" else ["infer", architecture, steps, folder])
    if a.mode == "infer":
        run_or_exit(java + ["export", architecture, folder])
    peer = [os.path.join(HERE, "peers", "train_cnn.py"), "--arch", architecture, "--steps", steps] + (["--infer"] if a.mode == "infer" else [])
    yield "lesionj_onednn_on", ours, {"LESIONJ_ONEDNN": "on"}
    yield "keras_onednn_on", [a.keras, *peer, "--backend", "keras"], {"TF_ENABLE_ONEDNN_OPTS": "1"}
    yield "lesionj_onednn_off", ours, {"LESIONJ_ONEDNN": "off"}
    yield "keras_onednn_off", [a.keras, *peer, "--backend", "keras"], {"TF_ENABLE_ONEDNN_OPTS": "0"}
    if a.torch:
        yield "torch_channels_last", [a.torch, *peer, "--channels-last"], {}


def run_or_exit(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"failed: {shlex.join(command)}\n{done.stderr[-2000:]}")


def hopeless(name, runs):
    """Whether the other setting of the same side was faster by far in the first round."""
    side = [found[0]["images_per_second"] for other, found in runs.items() if other.split("_")[0] == name.split("_")[0]]
    return name in runs and runs[name][0]["images_per_second"] < 0.8 * max(side)


def measure(a, architecture):
    runs = {}
    plan = list(sides(a, architecture))
    for _ in range(a.rounds):
        for name, command, environment in plan:
            if not hopeless(name, runs):
                runs.setdefault(name, []).append(run(command, environment))
    line = {"benchmark": a.mode, "architecture": architecture, "rounds": a.rounds}
    for name, found in runs.items():
        line[name] = {"images_per_second": [round(r["images_per_second"], 1) for r in found],
                      "median": round(statistics.median(r["images_per_second"] for r in found), 1),
                      "peak_mb": round(statistics.median(r["peak_mb"] for r in found))}
        if a.mode == "infer":
            line[name]["ms_per_image"] = round(statistics.median(r["ms_per_image"] for r in found), 1)
    best = lambda side: max((line[n] for n in line if n.startswith(side)), key=lambda r: r["median"])
    line["ratio_to_keras"] = round(best("lesionj")["median"] / best("keras")["median"], 3)
    line["memory_to_keras"] = round(best("lesionj")["peak_mb"] / best("keras")["peak_mb"], 3)
    if a.torch:
        line["ratio_to_torch"] = round(best("lesionj")["median"] / best("torch")["median"], 3)
    return line


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("mode", choices=("train", "infer"))
    p.add_argument("architectures", nargs="*", default=["resnet18", "resnet50", "densenet121"])
    p.add_argument("--java", required=True)
    p.add_argument("--keras", required=True)
    p.add_argument("--torch")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--work", default=".")
    a = p.parse_args()
    for architecture in a.architectures:
        print(json.dumps(measure(a, architecture)), flush=True)


if __name__ == "__main__":
    main()
