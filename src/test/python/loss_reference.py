"""Losses and their gradients by PyTorch, in double precision, for LossReferenceTest.

    python3 src/test/python/loss_reference.py > src/test/resources/training/losses.json

Run with Python 3.11, torch 2.15.0 (and torchvision, if it is at hand). Softmax form: torch.nn.functional.cross_entropy with weight,
or with label_smoothing, reduction "mean"; with both, the smoothed losses of the items weighted by their own class, which is what Keras's
class_weight does; the focal loss is written out here after its paper (arXiv:1708.02002), for PyTorch has
none. Sigmoid form: binary_cross_entropy_with_logits with pos_weight; the focal one as torchvision.ops.sigmoid_focal_loss
has it. Gradients are those of the mean by the logits. Tolerance 1e-6 (beside values above 1: of the value).
"""
import json
import math
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def softmax_loss(x, t, smoothing, weights, gamma, alpha):
    k = x.shape[1]
    hard = bool(((t == 0) | (t == 1)).all())
    if gamma == 0 and not alpha and hard:
        w = torch.tensor(weights) if weights else None
        if weights and smoothing:
            each = F.cross_entropy(x, t.argmax(1), label_smoothing=smoothing, reduction="none")
            return (each * w[t.argmax(1)]).sum() / w[t.argmax(1)].sum()
        return F.cross_entropy(x, t.argmax(1), weight=w, label_smoothing=smoothing)
    log_p = F.log_softmax(x, 1)
    # 1 - p as the sum of the other probabilities: exact also where p is nearly 1
    p = log_p.exp()
    rest = torch.stack([p[:, [j for j in range(k) if j != c]].sum(1) for c in range(k)], 1)
    # a mixed item is its parts, each with the weight of its class
    w = torch.tensor(weights) if weights else torch.ones(k)
    each = -sum(t[:, [c]] * w[c] * (F.one_hot(torch.tensor(c), k) * (1 - smoothing) + smoothing / k) for c in range(k)) * log_p
    if gamma > 0:
        each = each * rest ** gamma
    if alpha:
        each = each * torch.tensor(alpha)
    if weights:
        return each.sum() / (t * w).sum()
    return each.sum() / x.shape[0]


def sigmoid_loss(x, t, smoothing, weights, gamma, alpha):
    smooth = t * (1 - smoothing) + smoothing / 2
    if gamma == 0 and not alpha:
        w = torch.tensor(weights) if weights else None
        if not weights or not smoothing:
            return F.binary_cross_entropy_with_logits(x, smooth, pos_weight=w)
        high, low = (torch.full_like(x, 1 - smoothing / 2), torch.full_like(x, smoothing / 2))
        return (t * w * F.binary_cross_entropy_with_logits(x, high, reduction="none")
                + (1 - t) * F.binary_cross_entropy_with_logits(x, low, reduction="none")).mean()
    w = torch.tensor(weights) if weights else torch.ones(x.shape[1])
    a = torch.tensor(alpha) if alpha else None
    half = smoothing / 2
    present = -F.logsigmoid(x) * torch.sigmoid(-x) ** gamma * (t * w * (1 - half) + (1 - t) * half)
    absent = -F.logsigmoid(-x) * torch.sigmoid(x) ** gamma * (t * w * half + (1 - t) * (1 - half))
    if a is not None:
        present, absent = present * a, absent * (1 - a)
    return (present + absent).mean()


def check_against_torchvision():
    """The sigmoid focal loss above is torchvision's where torchvision is at hand."""
    try:
        from torchvision.ops import sigmoid_focal_loss
    except ImportError:
        return
    torch.manual_seed(1)
    x, t = torch.randn(5, 3), (torch.rand(5, 3) > 0.5).double()
    theirs = sigmoid_focal_loss(x, t, alpha=0.25, gamma=2.0, reduction="mean")
    ours = sigmoid_loss(x, t, 0, [], 2.0, [0.25])
    assert abs(theirs - ours) < 1e-12, (theirs, ours)


def batch(form, k, extreme, mixed, generator):
    x = 2 * torch.randn(6, k, generator=generator)
    if extreme:
        for row, size in enumerate([50.0, -50.0, 100.0, -100.0]):
            x[row] = 0
            x[row, row % k] = size
            x[row, (row + 1) % k] = -size
    if form == "softmax":
        t = F.one_hot(torch.arange(6) % k, k).double()
    else:
        t = (torch.rand(6, k, generator=generator) > 0.5).double()
    if mixed:
        t = 0.7 * t + 0.3 * t.flip(0)
    # what single precision can hold, so that both sides see the same numbers
    return x.float().double(), t.float().double()


def main():
    check_against_torchvision()
    generator = torch.Generator().manual_seed(5)
    cases = []
    settings = [
        (0.0, False, 0.0, 0), (0.1, False, 0.0, 0), (0.0, True, 0.0, 0), (0.1, True, 0.0, 0),
        (0.0, False, 2.0, 0), (0.0, False, 2.0, 1), (0.0, False, 2.0, 2), (0.05, True, 2.0, 2),
        (0.0, False, 0.5, 0), (0.0, False, 5.0, 2), (0.0, False, 0.0, 2),
    ]
    for form, k in (("softmax", 2), ("softmax", 5), ("sigmoid", 1), ("sigmoid", 2), ("sigmoid", 5)):
        for extreme, mixed in ((False, False), (True, False), (False, True)):
            for smoothing, weighted, gamma, alphas in settings:
                x, t = batch(form, k, extreme, mixed, generator)
                weights = [0.5 + 0.75 * c for c in range(k)] if weighted else []
                alpha = {0: [], 1: [0.25], 2: [0.25 + 0.5 * c / k for c in range(k)]}[alphas]
                x.requires_grad_(True)
                mean = (softmax_loss if form == "softmax" else sigmoid_loss)(x, t, smoothing, weights, gamma, alpha)
                mean.backward()
                assert math.isfinite(mean.item()) and torch.isfinite(x.grad).all(), (form, k, extreme, gamma)
                cases.append({
                    "form": form, "extreme": extreme, "mixed": mixed, "smoothing": smoothing, "weights": weights, "gamma": gamma,
                    "alpha": alpha, "logits": x.tolist(), "targets": t.tolist(), "mean": mean.item(), "gradient": x.grad.tolist(),
                })
    json.dump(cases, sys.stdout)
    print()


main()
