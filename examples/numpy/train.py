"""Handwritten digits with one hidden layer in plain NumPy: a program that honours every duty of Tanren's contract."""

import argparse
import os
from pathlib import Path

import numpy as np

import tanren

CLASSES, BATCH = 10, 64

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.1)
parser.add_argument("--momentum", type=float, default=0.9)
parser.add_argument("--weight-decay", type=float, default=1e-4)
parser.add_argument("--width", type=int, default=32)
parser.add_argument("--use-dropout", action="store_true")
parser.add_argument("--dropout-rate", type=float, default=0.2)
parser.add_argument("--data", default=os.environ.get("DIGITS_CSV", Path(__file__).parent / "../digits/digits.csv"))
args = tanren.params(parser.parse_args())
trial = tanren.trial(max_train_steps=400, eval_every_steps=25)
if not (0 < args.learning_rate and 0 <= args.momentum < 1 and 0 <= args.dropout_rate < 1 and args.width > 0):
    tanren.refuse(f"wanted: learning rate and width above 0, momentum and dropout rate in [0, 1); found {vars(args)}")

# The split is part of the problem, not of a trial: one fixed seed, whatever the trial's seeds are.
table = np.loadtxt(args.data, delimiter=",")
table = table[np.random.default_rng(20201).permutation(len(table))]
images, labels = table[:, :-1] / 16, table[:, -1].astype(int)
splits = {"train": slice(0, 300), "valid": slice(300, 900), "test": slice(900, None)}
train_x, train_y = images[splits["train"]], labels[splits["train"]]


def forward(weights, x, keep=1.0):
    hidden = np.maximum(x @ weights["w1"] + weights["b1"], 0) * keep
    logits = hidden @ weights["w2"] + weights["b2"]
    logits = logits - logits.max(axis=1, keepdims=True)
    return hidden, logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def measured(name):
    x, y = images[splits[name]], labels[splits[name]]
    _, log_probabilities = forward(state["weights"], x)
    loss = -log_probabilities[np.arange(len(y)), y].mean()
    return {f"{name}/loss": loss, f"{name}/error": (log_probabilities.argmax(axis=1) != y).mean()}


def gradients(weights, step):
    """Each step draws from a stream of its own, so that resuming needs no state of a random generator."""
    epoch, at = divmod(step * BATCH, len(train_y) // BATCH * BATCH)
    chosen = np.random.default_rng([trial.seeds["data"], epoch]).permutation(len(train_y))[at : at + BATCH]
    keep = 1.0
    if args.use_dropout:
        mask = np.random.default_rng([trial.seeds["dropout"], step]).random((BATCH, args.width))
        keep = (mask >= args.dropout_rate) / (1 - args.dropout_rate)
    x, y = train_x[chosen], np.eye(CLASSES)[train_y[chosen]]
    hidden, log_probabilities = forward(weights, x, keep)
    by_logit = (np.exp(log_probabilities) - y) / len(x)
    by_hidden = (by_logit @ weights["w2"].T) * keep * (hidden > 0)
    loss = -(log_probabilities * y).sum(axis=1).mean()
    by_weight = {"w1": x.T @ by_hidden, "b1": by_hidden.sum(axis=0), "w2": hidden.T @ by_logit, "b2": by_logit.sum(axis=0)}
    return loss, by_weight


def initial():
    rng = np.random.default_rng(trial.seeds["init"])
    sizes = {"w1": (images.shape[1], args.width), "b1": args.width, "w2": (args.width, CLASSES), "b2": CLASSES}
    weights = {n: rng.normal(0, np.sqrt(2 / s[0]), s) if n[0] == "w" else np.zeros(s) for n, s in sizes.items()}
    return {"step": 0, "weights": weights, "velocity": {n: np.zeros_like(w) for n, w in weights.items()}}


def load(path):
    with np.load(path) as file:
        part = {p: {n[2:]: file[n] for n in file.files if n.startswith(p[0] + "/")} for p in ("weights", "velocity")}
        return int(file["step"]), {"step": int(file["step"]), **part}


def save(value=None):
    arrays = {f"{part[0]}/{n}": w for part in ("weights", "velocity") for n, w in state[part].items()}
    tanren.save(state["step"], lambda path: np.savez(path, step=state["step"], **arrays), value, suffix=".npz")


def update():
    """One step of SGD with Nesterov momentum and decoupled weight decay; returns the batch loss and the gradient norm."""
    np.seterr(all="ignore")  # What overflows is seen as a loss that is not finite.
    rate = args.learning_rate * trial.rate(state["step"])
    loss, by_weight = gradients(state["weights"], state["step"])
    norm = np.sqrt(sum((g**2).sum() for g in by_weight.values()))
    scale = 1.0 if trial.clip_norm is None else min(1.0, trial.clip_norm / max(norm, 1e-300))
    for name, gradient in by_weight.items():
        velocity = args.momentum * state["velocity"][name] + scale * gradient
        state["velocity"][name] = velocity
        state["weights"][name] = (1 - rate * args.weight_decay) * state["weights"][name] - rate * (
            scale * gradient + args.momentum * velocity
        )
    state["step"] += 1
    return loss, norm, rate


_, saved = tanren.restore(load)
state = initial() if saved is None else saved
tanren.started(
    *("seeds cadence checkpoint sigterm resume prolong split schedule warmup clip every-step-evaluation evaluate-task".split()),
    numpy=np.__version__,
)
if trial.task == "evaluate":
    tanren.report(state["step"], {**measured("train"), **measured(trial.split)})
    raise SystemExit(0)
while state["step"] < trial.max_train_steps:
    if tanren.should_stop():
        save()
        raise SystemExit(143)
    batch_loss, norm, rate = update()
    step = state["step"]
    if not np.isfinite(batch_loss):
        tanren.report(step, {"train/loss": batch_loss})
        tanren.infeasible(f"diverged: the training loss is {batch_loss}", step)
        raise SystemExit(0)
    if trial.due(step):
        metrics = {**measured("train"), **measured(trial.split), "grad_norm": norm, "learning_rate": rate}
        tanren.report(step, metrics)
        save(metrics.get(trial.metric))
tanren.finished(state["step"])
