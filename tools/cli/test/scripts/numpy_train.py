"""A NumPy script that knows nothing of Tanren: softmax regression on points around three centres."""

import argparse

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="learning rate")
parser.add_argument("--momentum", type=float, default=0.9)
parser.add_argument("--squares", action="store_true", help="squared features as well")
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()

data = np.random.default_rng(20201)  # The data are the same in every run.
labels = data.integers(3, size=300)
points = data.normal(size=(300, 2)) + 1.5 * np.array([[0, 1], [1, -1], [-1, -1]])[labels]
if args.squares:
    points = np.hstack([points, points**2])
train, valid = slice(0, 200), slice(200, None)

rng = np.random.default_rng(args.seed)
weights = rng.normal(size=(points.shape[1], 3)) / 10
velocity = np.zeros_like(weights)


def logs(x):
    logits = x @ weights
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


for epoch in range(1, args.epochs + 1):
    for chosen in np.array_split(rng.permutation(200), 10):
        slope = np.exp(logs(points[chosen])) - np.eye(3)[labels[chosen]]
        velocity = args.momentum * velocity + points[chosen].T @ slope / len(chosen)
        weights -= args.lr * velocity
    loss = -logs(points[train])[np.arange(200), labels[train]].mean()
    error = (logs(points[valid]).argmax(axis=1) != labels[valid]).mean()
    print(f"epoch {epoch}: train loss {loss:.4f}, validation error {error:.4f}")
