"""Steps of torch.optim.AdamW and torch.optim.SGD, in double precision, for OptimizerReferenceTest.

    python3 src/test/python/optimizer_reference.py > src/test/resources/training/optimizers.json

Run with Python 3.11, torch 2.15.0. A kernel w (with weight decay) and a bias b (without) under the loss
0.5 * sum(curvature * (w - goal)^2) + 0.5 * sum((b - 1)^2) + 0.25 * sum(w * b), whose gradients depend on both. Gradients are
clipped by torch.nn.utils.clip_grad_norm_ where clip is above 0; "average" is an exponential moving average of w written out
here, with the decay min(decay, (1 + t) / (10 + t)). Tolerance 1e-6.
"""
import json
import sys

import torch

torch.set_default_dtype(torch.float64)
CURVATURE = torch.tensor([1.0, 4.0, 0.25])
GOAL = torch.tensor([1.0, -2.0, 3.0])
RATES = [0.05, 0.1, 0.1, 0.08, 0.04, 0.02, 0.01]


def steps(kind, decay, momentum, clip, ema):
    w = torch.tensor([0.5, 0.5, -0.5], requires_grad=True)
    b = torch.tensor([0.0, 0.2, 0.1], requires_grad=True)
    groups = [{"params": [w], "weight_decay": decay}, {"params": [b], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=1) if kind == "adamw" else torch.optim.SGD(groups, lr=1, momentum=momentum)
    average = w.detach().clone()
    found = []
    for t, rate in enumerate(RATES):
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        loss = 0.5 * (CURVATURE * (w - GOAL) ** 2).sum() + 0.5 * ((b - 1) ** 2).sum() + 0.25 * (w * b).sum()
        loss.backward()
        if clip > 0:
            torch.nn.utils.clip_grad_norm_([w, b], clip)
        optimizer.step()
        d = min(ema, (1 + t) / (10 + t))
        average = d * average + (1 - d) * w.detach()
        found.append({"loss": loss.item(), "w": w.tolist(), "b": b.tolist(), "average": average.tolist()})
    return found


def main():
    cases = []
    for kind, decay, momentum, clip in (
            ("adamw", 0.0, 0.0, 0.0), ("adamw", 0.1, 0.0, 0.0), ("adamw", 0.1, 0.0, 1.0), ("sgd", 0.0, 0.0, 0.0),
            ("sgd", 0.0, 0.9, 0.0), ("sgd", 0.1, 0.9, 0.0), ("sgd", 0.1, 0.9, 1.0), ("sgd", 0.1, 0.0, 1.0)):
        cases.append({"kind": kind, "decay": decay, "momentum": momentum, "clip": clip, "ema": 0.3, "rates": RATES,
                      "steps": steps(kind, decay, momentum, clip, 0.3)})
    json.dump(cases, sys.stdout)
    print()


main()
