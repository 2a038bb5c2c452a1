#!/usr/bin/env python3
"""What makes a chest X-ray classifier bear other sources: recipes on PneumoniaMNIST, five seeds; prints a JSON line a training and a table.

ablation.py LESIONJ BENCH NPZ WORK [SEEDS [RECIPES]]
BENCH is the command of io.github.lesionj.cli.Bench, in one string; RECIPES are numbers from 0, with commas.
Every recipe has the same small network and the same number of epochs (the budget; the last one, that of the shipped model, has
more of both), learns from the train split and selects its epoch on the val split. It is judged on val as it is and on val changed in 13 ways (Bench robustness), of which the strong
augmentation draws seven (rotation, shift, both scales, both brightnesses, less contrast) and no recipe the other six. A training that is there already is taken.
"""
import json
import os
import shlex
import sys

from runs import cell, output

EPOCHS, WIDTH = 12, 12
COMMON = ("class_names=normal,pneumonia positive=pneumonia architecture=explainable-cnn batch=64 "
          "learning_rate=0.002 resize=crop channels=1 device=cpu").split()
STRONG = "augment=rotation:15,translation:0.12,zoom:0.25,contrast:0.4,brightness:0.3,noise:0.05,erasing:0.3"


def recipe(augment="augment=none", dropout=0, smoothing=0, intensity="type", width=WIDTH, epochs=EPOCHS, more=()):
    return [augment, f"dropout={dropout}", f"label_smoothing={smoothing}", f"intensity={intensity}", f"options=width={width}", f"epochs={epochs}", *more]


REGULAR = {"augment": STRONG, "dropout": 0.3, "smoothing": 0.1}
RECIPES = {
    "no augmentation": recipe(),
    "light augmentation": recipe("augment=light"),
    "strong augmentation": recipe(STRONG),
    "strong, dropout 0.3, label smoothing 0.1": recipe(**REGULAR),
    "the same with mix-up 0.2": recipe(**REGULAR, more=["mixup=0.2"]),
    "the same with balanced loss": recipe(**REGULAR, more=["loss=balanced"]),
    "the same with balanced loss and mix-up 0.2": recipe(**REGULAR, more=["loss=balanced", "mixup=0.2"]),
    "the same with z-scores of each image": recipe(**REGULAR, intensity="zscore"),
    "the same with percentiles of each image": recipe(**REGULAR, intensity="percentile"),
    f"the same, width {2 * WIDTH}": recipe(**REGULAR, width=2 * WIDTH),
    "the shipped one: width 32, 24 epochs, average of the weights": recipe(**REGULAR, width=32, epochs=24, more=["ema=0.99"]),
}
OUTSIDE = ("gamma_0.6", "gamma_1.6", "contrast_1.5", "ramp_0.2", "blur", "noise_0.08")


def outside(figures, name):
    """Mean over the changes that no recipe draws."""
    return sum(figures[change][name] for change in OUTSIDE) / len(OUTSIDE)


FIGURES = {"val AUC": lambda f: f["none"]["auc"], "val accuracy": lambda f: f["none"]["accuracy"],
           "perturbed AUC": lambda f: f["mean_auc"], "least perturbed AUC": lambda f: f["least_auc"],
           "perturbed accuracy": lambda f: f["mean_accuracy"], "perturbed balanced accuracy": lambda f: f["mean_balanced_accuracy"],
           "six outside: AUC": lambda f: outside(f, "auc"), "six outside: accuracy": lambda f: outside(f, "accuracy")}


def robustness(bench, models, data, file):
    if not os.path.exists(file):
        line = output(*shlex.split(bench), "robustness", ",".join(models), f"{data}#val").splitlines()[-1]
        with open(file, "w") as out:
            out.write(line)
    with open(file) as read:
        return json.load(read)


def train(program, folder, data, method, seed):
    if not os.path.exists(os.path.join(folder, "model", "rdf.yaml")):
        output(program, "Train Classifier...", f"data={data}#train", "validation=#val", f"output={folder}", f"seed={seed}", *COMMON, *method)
    return os.path.join(folder, "model")


def main():
    program, bench, data, work = sys.argv[1:5]
    seeds = range(1, 1 + (int(sys.argv[5]) if len(sys.argv) > 5 else 5))
    chosen = sys.argv[6].split(",") if len(sys.argv) > 6 else [str(i) for i in range(len(RECIPES))]
    rows, together = {}, {}
    for number, (name, method) in enumerate(RECIPES.items()):
        if str(number) not in chosen:
            continue
        folder = os.path.join(work, "-".join(w.split("=", 1)[-1] for w in method).replace(",", "_").replace(":", ""))
        os.makedirs(folder, exist_ok=True)
        models = []
        for seed in seeds:
            models.append(train(program, os.path.join(folder, str(seed)), data, method, seed))
            figures = robustness(bench, models[-1:], data, os.path.join(folder, f"{seed}.json"))
            rows.setdefault(name, []).append(figures)
            print(json.dumps({"benchmark": "ablation", "recipe": name, "seed": seed, **{f: of(figures) for f, of in FIGURES.items()}}), flush=True)
        together[name] = robustness(bench, models, data, os.path.join(folder, f"all{len(models)}.json"))
    print("\n| Recipe | " + " | ".join(FIGURES) + " |\n|---|" + "---|" * len(FIGURES))
    for name, runs in rows.items():
        print(f"| {name} | " + " | ".join(cell([of(run) for run in runs], digits=4) for of in FIGURES.values()) + " |")
    print(f"\nMean of the probabilities of the {len(seeds)} seeds:\n\n| Recipe | " + " | ".join(FIGURES) + " |\n|---|" + "---|" * len(FIGURES))
    for name, figures in together.items():
        print(f"| {name} | " + " | ".join(f"{of(figures):.4f}" for of in FIGURES.values()) + " |")


if __name__ == "__main__":
    main()
