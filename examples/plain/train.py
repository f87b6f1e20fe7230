"""A script that knows nothing of Tanren: logistic regression on two spirals, in plain Python."""

import argparse
import math
import random

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="learning rate")
parser.add_argument("--momentum", type=float, default=0.9)
parser.add_argument("--weight-decay", type=float, default=1e-4)
parser.add_argument("--features", type=int, default=16, help="random features")
parser.add_argument("--cosine", action="store_true", help="cosine features instead of tanh")
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()

noise = random.Random(20201)  # The data are the same in every run.
points = []
for i in range(240):
    angle, side = 0.5 + i / 40, i % 2
    turn = angle + math.pi * side
    points.append((angle * math.cos(turn) + noise.gauss(0, 0.3), angle * math.sin(turn) + noise.gauss(0, 0.3), side))
noise.shuffle(points)
train, valid = points[:120], points[120:]

rng = random.Random(args.seed)
directions = [(rng.gauss(0, 1), rng.gauss(0, 1), rng.uniform(0, 6.3)) for _ in range(args.features)]
squash = math.cos if args.cosine else math.tanh
weights = [0.0] * args.features
velocity = [0.0] * args.features


def features(x, y):
    return [squash(a * x + b * y + c) for a, b, c in directions]


def probability(row):
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, sum(w * f for w, f in zip(weights, row))))))


train = [(features(x, y), side) for x, y, side in train]
valid = [(features(x, y), side) for x, y, side in valid]
for epoch in range(1, args.epochs + 1):
    rng.shuffle(train)
    for row, side in train:
        slope = probability(row) - side
        for k, feature in enumerate(row):
            velocity[k] = args.momentum * velocity[k] + slope * feature + args.weight_decay * weights[k]
            weights[k] -= args.lr * velocity[k] / 10
    loss = sum(-math.log(max(1e-12, probability(row) if side else 1 - probability(row))) for row, side in train) / 120
    error = sum((probability(row) > 0.5) != side for row, side in valid) / len(valid)
    print(f"epoch {epoch}/{args.epochs}: train loss {loss:.4f}, validation error {error:.4f}")
