"""Makes src/test/resources/evaluation/classification_metrics.json: reference values by scikit-learn (1.x) and, for DeLong's
interval, by the definition with all pairs. Tolerance of the test: 1e-6. Run: python classification_metrics.py > OUT.json"""
import json

import numpy as np
from sklearn import metrics as m


def delong(y, s):
    a, b = s[y == 1], s[y == 0]
    wins = (a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :])
    half = 1.959963984540054 * np.sqrt(wins.mean(1).var(ddof=1) / len(a) + wins.mean(0).var(ddof=1) / len(b))
    return [wins.mean(), max(0, wins.mean() - half), min(1, wins.mean() + half)]


def ece(confidence, right):
    edges = np.linspace(0, 1, 16)
    total = 0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high) if low > 0 else confidence <= high
        if inside.any():
            total += inside.sum() * abs(confidence[inside].mean() - right[inside].mean())
    return total / len(confidence)


def averages(y, said):
    result = {}
    for kind in ("weighted", "macro"):
        p, r, f, _ = m.precision_recall_fscore_support(y, said, average=kind, zero_division=0)
        result.update({f"precision_{kind}": p, f"recall_{kind}": r, f"f1_{kind}": f})
    return result


def binary(rng, threshold):
    y = (rng.random(61) < 0.4).astype(int)
    p = np.clip(np.round((0.3 * y + 0.7 * rng.random(61)) * 64), 0, 64) / 64
    said = (p >= threshold).astype(int) if threshold else (p > 0.5).astype(int)
    auc = delong(y, p)
    assert abs(auc[0] - m.roc_auc_score(y, p)) < 1e-12
    return {"kind": "BINARY", "threshold": threshold, "positive": 1, "probabilities": np.stack([1 - p, p], 1).tolist(),
            "targets": np.eye(2)[y].tolist(), "values": {
                "accuracy": m.accuracy_score(y, said), "balanced_accuracy": m.balanced_accuracy_score(y, said),
                "auc": auc[0], "auc_low": auc[1], "auc_high": auc[2], "sensitivity": m.recall_score(y, said),
                "specificity": m.recall_score(y, said, pos_label=0), "average_precision": m.average_precision_score(y, p),
                "brier": m.brier_score_loss(y, p), "ece": ece(np.maximum(p, 1 - p), (p > 0.5) == y),
                **averages(y, said)}, "confusion_matrix": m.confusion_matrix(y, said).tolist()}


def multi_class(rng):
    y = rng.choice(4, 90, p=[0.5, 0.3, 0.15, 0.05])
    mixed = [0.6 * np.eye(4)[k] + rng.dirichlet([1] * 4) for k in y]
    counts = np.array([rng.multinomial(64, q / q.sum()) for q in mixed])
    p = counts / 64
    said = p.argmax(1)
    one = np.eye(4)[y]
    return {"kind": "MULTI_CLASS", "threshold": None, "positive": 2, "probabilities": p.tolist(), "targets": one.tolist(),
            "values": {"accuracy": m.accuracy_score(y, said), "balanced_accuracy": m.balanced_accuracy_score(y, said),
                       "auc": m.roc_auc_score(y, p, multi_class="ovr", average="macro"),
                       "sensitivity": m.recall_score(y == 2, said == 2), "specificity": m.recall_score(y != 2, said != 2),
                       "average_precision": m.average_precision_score(one, p, average="macro"),
                       "brier": ((p - one) ** 2).sum(1).mean(), "ece": ece(p.max(1), said == y), **averages(y, said)},
            "confusion_matrix": m.confusion_matrix(y, said).tolist(),
            "per_class_auc": [delong(one[:, k], p[:, k]) for k in range(4)]}


def multi_label(rng):
    y = (rng.random((80, 5)) < [0.5, 0.3, 0.2, 0.1, 0.6]).astype(int)
    p = np.clip(np.round((0.25 * y + 0.75 * rng.random((80, 5))) * 64), 0, 64) / 64
    said = (p >= 0.5).astype(int)
    balanced = np.mean([m.balanced_accuracy_score(y[:, k], said[:, k]) for k in range(5)])
    return {"kind": "MULTI_LABEL", "threshold": None, "positive": -1, "probabilities": p.tolist(), "targets": y.tolist(),
            "values": {"accuracy": (y == said).mean(), "balanced_accuracy": balanced,
                       "auc": m.roc_auc_score(y, p, average="macro"),
                       "average_precision": m.average_precision_score(y, p, average="macro"),
                       "brier": ((p - y) ** 2).mean(), "ece": ece(p.ravel(), y.ravel()), **averages(y, said)},
            "confusion_matrix": None}


rng = np.random.default_rng(20261123)
cases = {"binary": binary(rng, None), "binary_threshold": binary(rng, 0.375), "multi_class": multi_class(rng),
         "multi_label": multi_label(rng)}
print(json.dumps(cases, default=float))
