"""Writes src/test/resources/detection/yolo_loss.json: losses of one-stage detectors and their gradients, by loops in PyTorch.

Usage: python yolo_loss_reference.py OUTPUT.json   (needs torch)
"""
import json
import sys

import torch

SIZE, STRIDES, CLASSES = 32, (4, 8), 3
torch.manual_seed(5)
torch.set_default_dtype(torch.float64)
TRUTH = [
    [[2, 3, 17, 20, 0], [16, 2, 30, 9, 1], [4, 22, 7, 24, 2], [5, 5, 18, 19, 1], [20, 20, 32, 32, -2], [0, 0, 0, 0, -1]],
    [[-1, -1, -1, -1, -1], [9, 9, 23, 23, 2], [9, 9, 23, 23, 2], [0, 0, 3, 3, -2], [0, 0, 0, 0, -1], [0, 0, 0, 0, -1]],
    [[0, 0, 0, 0, -1]] * 6,
]


def points():
    return [((c + .5) * s, (r + .5) * s, s) for s in STRIDES for r in range(SIZE // s) for c in range(SIZE // s)]


def overlap(a, b):
    w = (torch.minimum(a[2], b[2]) - torch.maximum(a[0], b[0])).clamp(0)
    h = (torch.minimum(a[3], b[3]) - torch.maximum(a[1], b[1])).clamp(0)
    shared = w * h
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    hull = (torch.maximum(a[2], b[2]) - torch.minimum(a[0], b[0])) * (torch.maximum(a[3], b[3]) - torch.minimum(a[1], b[1]))
    iou = shared / union if union > 0 else torch.zeros(())
    return iou, iou - (hull - union) / hull


def entropy(z, q, focal, alpha=.25, gamma=2.):
    p = torch.sigmoid(z)
    loss = -(q * torch.nn.functional.logsigmoid(z) + (1 - q) * torch.nn.functional.logsigmoid(-z))
    if not focal:
        return loss
    return loss * torch.where(q > 0, torch.as_tensor(alpha), torch.as_tensor(1 - alpha)) * (q - p).abs() ** gamma


def image_loss(z, box, truth, focal, squared, hard):
    """The parts and the weight of one image."""
    at = points()
    n = len(at)
    p = torch.sigmoid(z).detach()
    counted = [t for t in truth if t[4] >= 0]
    ignored = [t for t in truth if t[4] == -2]

    def inside(k, t):
        x, y, s = at[k]
        cx, cy = (t[0] + t[2]) / 2, (t[1] + t[3]) / 2
        return t[0] <= x < t[2] and t[1] <= y < t[3] or max(abs(x - cx), abs(y - cy)) < s / 2

    chosen = {}
    metrics = []
    for m, t in enumerate(counted):
        b = torch.tensor(t[:4], dtype=torch.float64)
        metric = {}
        for k in range(n):
            if inside(k, t):
                x, y, s = at[k]
                cells = (abs(x - b[0].add(b[2]) / 2) + abs(y - b[1].add(b[3]) / 2)) / s
                metric[k] = float(p[k, t[4]] * overlap(box[k].detach(), b)[0] ** 6 + 1e-9 / (1 + cells))
        metrics.append(metric)
        order = sorted(metric, key=lambda k: -metric[k])
        for k in order[:10]:
            iou = float(overlap(box[k].detach(), b)[0])
            if k not in chosen or iou > chosen[k][1]:
                chosen[k] = (m, iou)
    quality = torch.zeros(n)
    for m, t in enumerate(counted):
        mine = [k for k in chosen if chosen[k][0] == m]
        if mine:
            best = max(metrics[m][k] for k in mine)
            iou = max(chosen[k][1] for k in mine)
            for k in mine:
                quality[k] = metrics[m][k] / best * iou
    target = torch.zeros(n, CLASSES)
    for k, (m, _) in chosen.items():
        target[k, counted[m][4]] = quality[k]
    learn = torch.ones(n)
    for k in range(n):
        if k not in chosen and any(inside(k, t) for t in ignored):
            learn[k] = 0
    if hard:
        negatives = []
        for k in range(n):
            iou = max([float(overlap(box[k].detach(), torch.tensor(t[:4], dtype=torch.float64))[0]) for t in counted + ignored] + [0.])
            if k not in chosen and iou < .3:
                negatives.append(k)
        negatives.sort(key=lambda k: -float(p[k].max()))
        kept = set(negatives[:max(3 * len(chosen), 16)])
        for k in range(n):
            if k not in chosen and k not in kept:
                learn[k] = 0
    classes = (entropy(z, target, focal).sum(1) * learn).sum()
    corners = torch.zeros(())
    for k, (m, _) in chosen.items():
        b = torch.tensor(counted[m][:4], dtype=torch.float64)
        d = (((box[k] - b) / at[k][2]) ** 2).mean() if squared else 1 - overlap(box[k], b)[1]
        corners = corners + quality[k] * d
    return classes, 5 * corners, float(quality.sum().clamp(1))


def main():
    n = len(points())
    centre = torch.tensor([[x, y, x, y] for x, y, s in points()], dtype=torch.float64)
    reach = torch.tensor([[s] * 4 for _, _, s in points()], dtype=torch.float64) * (.3 + 1.7 * torch.rand(3, n, 4))
    # as single precision has them: the same input on both sides
    boxes = (centre + reach * torch.tensor([-1., -1., 1., 1.])).float().double()
    logits = (torch.randn(3, n, CLASSES) * 2 - 1.5).float().double()
    cases = []
    for focal in (False, True):
        for squared in (False, True):
            for hard in (False, True):
                z, b = logits.clone().requires_grad_(), boxes.clone().requires_grad_()
                parts = [image_loss(z[i], b[i], TRUTH[i], focal, squared, hard) for i in range(3)]
                total = sum(c + x for c, x, _ in parts) / sum(w for _, _, w in parts)
                total.backward()
                cases.append({"focal": focal, "squared": squared, "hard": hard, "class": [float(c) for c, _, _ in parts],
                              "box": [float(x) for _, x, _ in parts], "weights": [w for _, _, w in parts],
                              "logit_gradient": rounded(z.grad), "box_gradient": rounded(b.grad)})
    with open(sys.argv[1], "w") as out:
        json.dump({"size": SIZE, "strides": STRIDES, "truth": TRUTH, "logits": rounded(logits, 9), "boxes": rounded(boxes, 9), "cases": cases}, out)


def rounded(tensor, digits=8):
    return [float(f"{v:.{digits}g}") for v in tensor.flatten().tolist()]


main()
