"""Handwritten digits with a small convolutional net in plain PyTorch; honours every duty of Tanren's contract."""

import argparse
import os
from pathlib import Path

import torch
from torch import nn

import tanren

BATCH = 64

parser = argparse.ArgumentParser()
parser.add_argument("--optimizer", choices=["nesterov", "adam"], default="nesterov")
parser.add_argument("--learning-rate", type=float, default=0.05)
parser.add_argument("--momentum", type=float, default=0.9)
parser.add_argument("--weight-decay", type=float, default=1e-4)
parser.add_argument("--channels", type=int, default=16)
parser.add_argument("--dropout-rate", type=float, default=0.1)
parser.add_argument("--data", default=os.environ.get("DIGITS_CSV", Path(__file__).parent / "../digits/digits.csv"))
args = tanren.params(parser.parse_args())
trial = tanren.trial(max_train_steps=300, eval_every_steps=25)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
# So small a net gains nothing from a second thread, and threads that wait for each other on shared cores cost a lot.
# A larger one takes what its device grants: int(os.environ.get("OMP_NUM_THREADS", "1")).
torch.set_num_threads(1)

# The split is part of the problem, not of a trial: one fixed seed, whatever the trial's seeds are.
lines = Path(args.data).read_text().splitlines()
table = torch.tensor([[float(x) for x in line.split(",")] for line in lines])
table = table[torch.randperm(len(table), generator=torch.Generator().manual_seed(20201))].to(device)
images, labels = table[:, :-1].reshape(-1, 1, 8, 8) / 16, table[:, -1].long()
splits = {"train": slice(0, 300), "valid": slice(300, 900), "test": slice(900, None)}
train_x, train_y = images[splits["train"]], labels[splits["train"]]

torch.manual_seed(trial.seeds["init"])
model = nn.Sequential(
    *(nn.Conv2d(1, args.channels, 3, padding=1), nn.BatchNorm2d(args.channels), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Conv2d(args.channels, 2 * args.channels, 3, padding=1), nn.ReLU(), nn.Flatten()),
    *(nn.Dropout(args.dropout_rate), nn.Linear(2 * args.channels * 16, 10)),
).to(device)
if args.optimizer == "adam":
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=args.weight_decay)
else:
    momentum = {"momentum": args.momentum, "nesterov": args.momentum > 0}
    optimizer = torch.optim.SGD(model.parameters(), weight_decay=args.weight_decay, **momentum)
loss_of = nn.CrossEntropyLoss()


def batch():
    epoch, at = divmod(step * BATCH, len(train_y) // BATCH * BATCH)
    seeded = torch.Generator().manual_seed(trial.seeds["data"] * 100_003 + epoch)
    chosen = torch.randperm(len(train_y), generator=seeded)[at : at + BATCH].to(device)
    return train_x[chosen], train_y[chosen]


def update():
    rate = args.learning_rate * trial.rate(step)
    for group in optimizer.param_groups:
        group["lr"] = rate
    x, y = batch()
    # Each step's dropout from a seed of its own, so that resuming needs no state of a random generator.
    torch.manual_seed(trial.seeds["dropout"] * 100_003 + step)
    model.train()
    optimizer.zero_grad()
    loss = loss_of(model(x), y)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(model.parameters(), trial.clip_norm if trial.clip_norm else float("inf"))
    optimizer.step()
    return loss.item(), norm.item(), rate


@torch.no_grad()
def measured(name):
    model.eval()
    logits, y = model(images[splits[name]]), labels[splits[name]]
    return {f"{name}/loss": loss_of(logits, y), f"{name}/error": (logits.argmax(1) != y).double().mean()}


def save(value=None):
    state = {"step": step, "model": model.state_dict(), "optimizer": optimizer.state_dict()}
    tanren.save(step, lambda path: torch.save(state, path), value, suffix=".pt")


def load(path):
    saved = torch.load(path, map_location=device, weights_only=True)
    return saved["step"], saved


step, saved = tanren.restore(load)
if saved is not None:
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
tanren.started(
    *("seeds cadence checkpoint sigterm resume prolong split schedule warmup clip every-step-evaluation evaluate-task".split()),
    torch=torch.__version__,
    device=str(device),
)
if trial.task == "evaluate":
    tanren.report(step, {**measured("train"), **measured(trial.split)})
    raise SystemExit(0)
while step < trial.max_train_steps:
    if tanren.should_stop():
        save()
        raise SystemExit(143)
    loss, norm, rate = update()
    step += 1
    if not torch.isfinite(torch.tensor(loss)):
        tanren.report(step, {"train/loss": loss})
        tanren.infeasible(f"diverged: the training loss is {loss}", step)
        raise SystemExit(0)
    if trial.due(step):
        metrics = {**measured("train"), **measured(trial.split), "grad_norm": norm, "learning_rate": rate}
        tanren.report(step, metrics)
        save(metrics.get(trial.metric))
tanren.finished(step)
