#!/usr/bin/env python3
"""Speed and memory of our detectors beside torchvision's Faster R-CNN, process by process in turn; one JSON line for each of training and inference.

beside_torchvision.py --java "COMMAND of the bench" --torch PYTHON [--rounds 3] [--steps 6] [--work FOLDER]
512 px, three channels, batches of 2; ResNet-18 with a feature pyramid, small anchors on three levels, on both sides. Every process is new
in every round. yolo is the fast sibling.
"""
import argparse
import json
import os
import shlex
import statistics
import sys

from beside_keras import run, run_or_exit

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--java", required=True)
    p.add_argument("--torch", required=True)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--steps", type=int, default=6)
    p.add_argument("--work", default=".")
    a = p.parse_args()
    java, steps = shlex.split(a.java), str(a.steps)
    peer = [a.torch, os.path.join(HERE, "peers", "detect_torch.py"), "--steps", steps]
    for mode in ("train", "infer"):
        sides = {"torchvision": (peer + (["--infer"] if mode == "infer" else []), {})}
        for architecture in ("faster-rcnn", "yolo"):
            folder = os.path.join(a.work, architecture)
            if mode == "infer":
                run_or_exit(java + ["detect-export", architecture, folder])
            sides[architecture] = (java + (["detect-train", architecture, steps] if mode == "train" else ["detect-infer", architecture, steps, folder]),
                                   {"LESIONJ_ONEDNN": "on"})
        runs = {}
        for _ in range(a.rounds):
            for name, (command, environment) in sides.items():
                runs.setdefault(name, []).append(run(command, environment))
        line = {"benchmark": "detect " + mode, "rounds": a.rounds}
        for name, found in runs.items():
            line[name] = {"images_per_second": [round(r["images_per_second"], 2) for r in found],
                          "median": round(statistics.median(r["images_per_second"] for r in found), 2),
                          "peak_mb": round(statistics.median(r["peak_mb"] for r in found))}
        line["ratio"] = round(line["faster-rcnn"]["median"] / line["torchvision"]["median"], 3)
        line["yolo_to_faster_rcnn"] = round(line["yolo"]["median"] / line["faster-rcnn"]["median"], 2)
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    sys.exit(main())
