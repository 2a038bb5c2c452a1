"""Makes src/test/resources/evaluation/evaluation_cases.json: figures, curves, temperatures, operating points and bootstrap
intervals by scikit-learn 1.9, SciPy 1.17 and NumPy 2.4, odd cases among them. A value that does not exist is null.
Tolerance of the tests: 1e-6, of temperatures 1e-5, of bootstrap intervals 0.01 (other random numbers).
Run: python evaluation_cases.py > OUT.json"""
import json
import warnings

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, logsumexp
from sklearn import metrics as m

warnings.filterwarnings("ignore")
NAN = float("nan")


def only_if(exists, value):
    return float(value()) if exists else NAN


def delong(y, s):
    a, b = s[y == 1], s[y == 0]
    if len(a) == 0 or len(b) == 0:
        return [NAN, NAN, NAN]
    wins = (a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :])
    if len(a) < 2 or len(b) < 2:
        return [wins.mean(), NAN, NAN]
    half = 1.959963984540054 * np.sqrt(wins.mean(1).var(ddof=1) / len(a) + wins.mean(0).var(ddof=1) / len(b))
    return [wins.mean(), max(0, wins.mean() - half), min(1, wins.mean() + half)]


def ece(confidence, right, w):
    edges = np.linspace(0, 1, 16)
    total = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high) if low > 0 else confidence <= high
        if w[inside].sum() > 0:
            total += w[inside].sum() * abs(np.average(confidence[inside], weights=w[inside])
                                           - np.average(right[inside], weights=w[inside]))
    return total / w.sum()


def figures(kind, p, targets, positive, threshold, w):
    """p and targets [item, class]; w how often each item counts."""
    n, classes = p.shape
    multi = kind == "MULTI_LABEL"
    y = targets.argmax(1)
    if multi:
        said = p >= (0.5 if threshold is None else threshold)
    elif kind == "BINARY" and threshold is not None:
        hit = p[:, positive] >= threshold
        said = np.zeros_like(targets)
        said[np.arange(n), np.where(hit, positive, 1 - positive)] = 1
    else:
        said = np.eye(classes)[p.argmax(1)]
    said = said.astype(int)
    truth = targets.astype(int)
    per = []
    for k in range(classes):
        t, s = truth[:, k], said[:, k]
        there, away = (w * t).sum() > 0, (w * (1 - t)).sum() > 0
        never = (w * s).sum() == 0
        per.append({
            "support": float((w * t).sum()),
            "precision": only_if(there or not never, lambda: m.precision_score(t, s, sample_weight=w, zero_division=0)),
            "recall": only_if(there, lambda: m.recall_score(t, s, sample_weight=w)),
            "specificity": only_if(away, lambda: m.recall_score(t, s, pos_label=0, sample_weight=w)),
            "f1": only_if(there, lambda: m.f1_score(t, s, sample_weight=w, zero_division=0)),
            "auc": only_if(there and away, lambda: m.roc_auc_score(t, p[:, k], sample_weight=w)),
            "ap": only_if(there, lambda: m.average_precision_score(t, p[:, k], sample_weight=w))})
    mean = lambda key: float(np.mean([c[key] for c in per]))
    total = sum(c["support"] for c in per)
    weighted = lambda key: only_if(total > 0, lambda: sum(c["support"] * c[key] for c in per if c["support"] > 0) / total)
    binary = kind == "BINARY" and positive >= 0
    pos = per[positive] if positive >= 0 else None
    if multi:
        accuracy = np.average((truth == said).mean(1), weights=w)
        balanced = float(np.mean([(c["recall"] + c["specificity"]) / 2 for c in per]))
        brier = np.average(((p - targets) ** 2).mean(1), weights=w)
        e = ece(p.ravel(), targets.ravel(), np.repeat(w, classes))
    else:
        accuracy = m.accuracy_score(y, said.argmax(1), sample_weight=w)
        balanced = mean("recall")
        squares = ((p - targets) ** 2).sum(1)
        brier = np.average(squares / (2 if kind == "BINARY" else 1), weights=w)
        e = ece(p.max(1), (p.argmax(1) == y).astype(float), w)
    values = {"accuracy": accuracy, "balanced_accuracy": balanced, "auc": pos["auc"] if binary else mean("auc"),
              "sensitivity": pos["recall"] if pos else NAN, "specificity": pos["specificity"] if pos else NAN,
              "average_precision": pos["ap"] if binary else mean("ap"), "brier": brier, "ece": e}
    for key in ("precision", "recall", "f1"):
        values[key + "_weighted"] = weighted(key)
        values[key + "_macro"] = mean(key)
    return values


def grid(values):
    """On 64ths, so that float32 and bins hold them exactly."""
    return np.clip(np.round(np.asarray(values) * 64), 0, 64) / 64


def binary_p(positive):
    positive = grid(positive)
    return np.stack([1 - positive, positive], 1)


def case(name, kind, p, targets, positive=-1, threshold=None, weights=None):
    p, targets = np.asarray(p, float), np.asarray(targets, float)
    w = np.ones(len(p)) if weights is None else np.asarray(weights, float)
    result = {"name": name, "kind": kind, "positive": positive, "threshold": threshold, "probabilities": p.tolist(),
              "targets": targets.tolist(), "weights": w.astype(int).tolist(),
              "values": figures(kind, p, targets, positive, threshold, w)}
    if kind == "BINARY" and positive >= 0 and weights is None:
        result["delong"] = delong(targets[:, positive], p[:, positive])
    return result


def one_hot(y, classes):
    return np.eye(classes)[np.asarray(y)]


def multi(rng, n, classes):
    y = rng.choice(classes, n)
    mixed = [0.6 * np.eye(classes)[k] + rng.dirichlet([1] * classes) for k in y]
    return np.array([rng.multinomial(64, q / q.sum()) for q in mixed]) / 64, y


def cases(rng):
    b = lambda name, scores, y, **more: case(name, "BINARY", binary_p(scores), one_hot(y, 2), positive=1, **more)
    yield b("one item, right", [0.75], [1])
    yield b("one item, wrong", [0.25], [1])
    yield b("one item of the negative class", [0.25], [0])
    yield b("one of each", [0.75, 0.25], [1, 0])
    yield b("no negative", [0.75, 0.25, 0.5], [1, 1, 1])
    yield b("no positive", [0.75, 0.25, 0.5], [0, 0, 0])
    yield b("all scores equal", [0.5] * 6, [0, 1, 0, 1, 1, 0])
    yield b("all scores one", [1.0] * 5, [0, 1, 1, 1, 0])
    yield b("all scores zero", [0.0] * 5, [0, 1, 1, 1, 0])
    yield b("perfect", [0.125, 0.25, 0.75, 0.875], [0, 0, 1, 1])
    yield b("all wrong", [0.875, 0.75, 0.25, 0.125], [0, 0, 1, 1])
    yield b("ties across classes", [0.5, 0.5, 0.25, 0.25, 0.75, 0.75, 0.5, 0.25], [0, 1, 0, 1, 1, 0, 1, 0])
    yield b("one positive among many", [0.5] + [i / 64 for i in range(40)], [1] + [0] * 40)
    yield b("one negative among many", [0.5] + [i / 64 for i in range(40)], [0] + [1] * 40)
    yield b("threshold never reached", [0.25, 0.5, 0.375], [0, 1, 0], threshold=0.9375)
    yield b("threshold zero", [0.25, 0.5, 0.0], [0, 1, 0], threshold=0.0)
    yield b("score on the threshold", [0.25, 0.5, 0.375], [0, 1, 0], threshold=0.375)
    yield case("the first class is positive", "BINARY", binary_p([0.25, 0.5, 0.75, 0.125]), one_hot([0, 1, 1, 0], 2), positive=0)
    yield case("binary without a positive class", "BINARY", binary_p([0.25, 0.625, 0.75, 0.125]), one_hot([0, 1, 1, 1], 2))
    y = (rng.random(80) < 0.3).astype(int)
    s = 0.3 * y + 0.7 * rng.random(80)
    yield b("binary", s, y, threshold=0.40625)
    yield b("binary, weighed", s, y, weights=rng.integers(0, 5, 80))
    yield b("weighed so that no positive is left", s, y, weights=np.where(y == 1, 0, 2))
    p, y = multi(rng, 60, 4)
    yield case("four classes", "MULTI_CLASS", p, one_hot(y, 4), positive=2)
    yield case("four classes, weighed", "MULTI_CLASS", p, one_hot(y, 4), weights=rng.integers(0, 4, 60))
    yield case("four classes, one absent", "MULTI_CLASS", p[y < 3], one_hot(y[y < 3], 4))
    yield case("four classes, the positive absent", "MULTI_CLASS", p[y < 3], one_hot(y[y < 3], 4), positive=3)
    yield case("three classes, one never said", "MULTI_CLASS", [[.75, .125, .125], [.5, .25, .25], [.25, .625, .125]],
               one_hot([0, 2, 1], 3))
    yield case("three classes, one neither there nor said", "MULTI_CLASS", [[.75, .25, 0], [.25, .75, 0]], one_hot([0, 1], 3))
    yield case("three classes, one item", "MULTI_CLASS", [[.25, .5, .25]], one_hot([1], 3))
    yield case("three classes, equal scores", "MULTI_CLASS", [[.25, .25, .5]] * 4, one_hot([0, 1, 2, 2], 3))
    y = (rng.random((50, 3)) < [0.5, 0.2, 0.7]).astype(int)
    p = grid(0.25 * y + 0.75 * rng.random((50, 3)))
    yield case("three labels", "MULTI_LABEL", p, y)
    yield case("three labels, another threshold", "MULTI_LABEL", p, y, threshold=0.25)
    yield case("three labels, weighed", "MULTI_LABEL", p, y, weights=rng.integers(0, 5, 50))
    none = y.copy()
    none[:, 1] = 0
    yield case("three labels, one never true", "MULTI_LABEL", p, none)
    always = y.copy()
    always[:, 0] = 1
    yield case("three labels, one always true", "MULTI_LABEL", p, always)
    yield case("two labels, one item with none", "MULTI_LABEL", [[.25, .125]], [[0, 0]])


def curves(rng):
    y = (rng.random(40) < 0.4).astype(int)
    s = grid(0.3 * y + 0.7 * rng.random(40))
    fpr, tpr, _ = m.roc_curve(y, s, drop_intermediate=False)
    precision, recall, _ = m.precision_recall_curve(y, s)
    # scikit-learn ends at (0, 1) and begins at recall 1; ours begins at the highest threshold's precision.
    return {"scores": s.tolist(), "positive": y.tolist(), "roc": np.stack([fpr, tpr], 1).tolist(),
            "precision_recall": np.stack([recall[:-1][::-1], precision[:-1][::-1]], 1).tolist()}


def operating(rng):
    y = (rng.random(120) < 0.35).astype(int)
    s = grid(0.35 * y + 0.65 * rng.random(120))
    fpr, tpr, _ = m.roc_curve(y, s, drop_intermediate=False)
    chosen = {"youden": int(np.argmax(tpr - fpr))}
    for goal in (0.5, 0.9, 0.95, 1.0):
        chosen[f"sensitivity:{goal}"] = int(np.argmax(tpr >= goal))
    for cost in (0.1, 1, 5, 50):
        chosen[f"cost:{cost}"] = int(np.argmin(cost * (1 - tpr) * y.sum() + fpr * (1 - y).sum()))
    return {"scores": s.tolist(), "positive": y.tolist(),
            "chosen": {key: [float(tpr[i]), float(1 - fpr[i])] for key, i in chosen.items()}}


def temperature(rng, kind, n, classes):
    truth = rng.integers(0, classes, n)
    logits = rng.normal(0, 1, (n, classes)) * 3
    logits[np.arange(n), truth] += 3
    targets = np.eye(classes)[truth]
    if kind == "MULTI_LABEL":
        targets = (rng.random((n, classes)) < 1 / (1 + np.exp(-logits / 4))).astype(int)
    if kind == "SIGMOID":
        targets = np.eye(2)[truth]
        logits = (logits[:, 1:] - logits[:, :1])
    logits = logits.astype(np.float32).astype(float)

    def nll(inverse):
        z = logits * inverse
        if kind == "MULTI_LABEL":
            return float(np.mean(np.logaddexp(0, z) - targets * z))
        if kind == "SIGMOID":
            return float(np.mean(np.logaddexp(0, z[:, 0]) - targets[:, 1] * z[:, 0]))
        return float(-np.mean((log_softmax(z, 1) * targets).sum(1)))

    best = minimize_scalar(nll, bounds=(0.01, 20), method="bounded", options={"xatol": 1e-12})
    return {"kind": "BINARY" if kind == "SIGMOID" else kind, "scores": logits.tolist(), "targets": targets.tolist(),
            "temperature": 1 / best.x, "before": nll(1), "after": best.fun}


def bootstrap(rng, grouped):
    n = 150
    group = rng.integers(0, 40, n) if grouped else np.arange(n)
    group = np.unique(group, return_inverse=True)[1]
    lean = rng.normal(0, 1, group.max() + 1)[group]
    y = (lean + rng.normal(0, 0.5, n) > 0.4).astype(int)
    s = grid(1 / (1 + np.exp(-(lean + rng.normal(0, 1, n)))))
    p = binary_p(s)
    rows = []
    for _ in range(20000):
        drawn = np.bincount(rng.integers(0, group.max() + 1, group.max() + 1), minlength=group.max() + 1)
        w = drawn[group].astype(float)
        said = s > 0.5
        tp, fp = (w * said * y).sum(), (w * said * (1 - y)).sum()
        rows.append([np.average(said == y, weights=w), tp / (w * y).sum(), 1 - fp / (w * (1 - y)).sum(), tp / (tp + fp),
                     np.average((s - y) ** 2, weights=w)])
    low, high = np.percentile(rows, [2.5, 97.5], axis=0)
    keys = ["accuracy", "sensitivity", "specificity", "per_class/class1/precision", "brier"]
    return {"probabilities": p.tolist(), "targets": np.eye(2)[y].tolist(), "groups": group.tolist(),
            "intervals": {k: [low[i], high[i]] for i, k in enumerate(keys)}}


def clean(value):
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(v) for v in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return int(value) if isinstance(value, np.integer) else value


rng = np.random.default_rng(20261125)
print(json.dumps(clean({
    "cases": list(cases(rng)), "curves": curves(rng), "operating": operating(rng),
    "temperatures": [temperature(rng, "BINARY", 90, 2), temperature(rng, "SIGMOID", 90, 2), temperature(rng, "MULTI_CLASS", 120, 5),
                     temperature(rng, "MULTI_LABEL", 60, 4)],
    "bootstrap": bootstrap(rng, False), "bootstrap_groups": bootstrap(rng, True)})))
