"""Handwritten digits in JAX, on one process or on several that train one model together.

The playbook's rules for several hosts: one host logs and checkpoints (tanren.py sees to it), all start from the same
initialisation, each shuffles its own shard of the data with a seed of its own, and batch statistics are those of the
global batch, alike on all hosts before each evaluation and checkpoint.
"""

import argparse
import os
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import Mesh, NamedSharding, PartitionSpec

import tanren

CLASSES, BATCH, AVERAGING = 10, 64, 0.9
#: The data come in as many shards, whatever the number of hosts: one host or two take the same global batches.
SHARDS = 2

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.1)
parser.add_argument("--momentum", type=float, default=0.9)
parser.add_argument("--weight-decay", type=float, default=1e-4)
parser.add_argument("--width", type=int, default=32)
parser.add_argument("--dropout-rate", type=float, default=0.0)
parser.add_argument("--data", default=os.environ.get("DIGITS_CSV", Path(__file__).parent / "../digits/digits.csv"))
args = tanren.params(parser.parse_args())
trial = tanren.trial(max_train_steps=400, eval_every_steps=25)
host = trial.host
if SHARDS % host.count != 0:
    tanren.refuse(f"{SHARDS} shards cannot be dealt out to {host.count} hosts")
if host.count > 1:
    jax.distributed.initialize(host.coordinator, num_processes=host.count, process_id=host.index)

everywhere = Mesh(np.array(jax.devices()), ("data",))
replicated = NamedSharding(everywhere, PartitionSpec())
by_example = NamedSharding(everywhere, PartitionSpec("data"))

# The split is part of the problem, not of a trial: one fixed seed, whatever the trial's seeds are.
table = np.loadtxt(args.data, delimiter=",", dtype=np.float32)
table = table[np.random.default_rng(20201).permutation(len(table))]
images, labels = table[:, :-1] / 16, table[:, -1].astype(np.int32)
splits = {"train": slice(0, 300), "valid": slice(300, 900), "test": slice(900, None)}
train_x, train_y = images[splits["train"]], labels[splits["train"]]


def local_batch(step):
    """This host's part of the global batch: the next examples of each of its shards, in the shard's own order."""
    rows = []
    for shard in range(host.index * SHARDS // host.count, (host.index + 1) * SHARDS // host.count):
        mine = np.arange(shard, len(train_y), SHARDS)
        size = BATCH // SHARDS
        epoch, at = divmod(step * size, len(mine) // size * size)
        order = np.random.default_rng([trial.seeds["data"], shard, epoch]).permutation(mine)
        rows.append(order[at : at + size])
    chosen = np.concatenate(rows)
    to_global = lambda local: jax.make_array_from_process_local_data(by_example, local)
    return to_global(train_x[chosen]), to_global(train_y[chosen])


def initial():
    first, second = jax.random.split(jax.random.key(trial.seeds["init"]))
    sizes = {"w1": (images.shape[1], args.width), "w2": (args.width, CLASSES)}
    weights = {
        "w1": jax.random.normal(first, sizes["w1"]) * np.sqrt(2 / sizes["w1"][0]),
        "scale": jnp.ones(args.width),
        "shift": jnp.zeros(args.width),
        "w2": jax.random.normal(second, sizes["w2"]) * np.sqrt(2 / sizes["w2"][0]),
        "b2": jnp.zeros(CLASSES),
    }
    velocity = {name: jnp.zeros_like(w) for name, w in weights.items()}
    moving = {"mean": jnp.zeros(args.width), "var": jnp.ones(args.width)}
    return {"weights": weights, "velocity": velocity, "moving": moving}


def logits_of(weights, x, mean, var, keep=1.0):
    hidden = (x @ weights["w1"] - mean) / jnp.sqrt(var + 1e-5) * weights["scale"] + weights["shift"]
    return jnp.maximum(hidden, 0) * keep @ weights["w2"] + weights["b2"]


def cross_entropy(logits, y):
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], axis=1).mean()


@jax.jit
def update(state, x, y, rate, key):
    """One step of SGD with Nesterov momentum. Under jit a mean over the batch is one over all hosts' examples."""

    def loss_of(weights):
        before = x @ weights["w1"]
        mean, var = before.mean(axis=0), before.var(axis=0)
        keep = jax.random.bernoulli(key, 1 - args.dropout_rate, before.shape) / (1 - args.dropout_rate)
        return cross_entropy(logits_of(weights, x, mean, var, keep), y), {"mean": mean, "var": var}

    (loss, batch), gradients = jax.value_and_grad(loss_of, has_aux=True)(state["weights"])
    norm = jnp.sqrt(sum((g**2).sum() for g in gradients.values()))
    clip = 1.0 if trial.clip_norm is None else jnp.minimum(1.0, trial.clip_norm / jnp.maximum(norm, 1e-30))
    weights, velocity = {}, {}
    for name, w in state["weights"].items():
        gradient = clip * gradients[name]
        velocity[name] = args.momentum * state["velocity"][name] + gradient
        weights[name] = (1 - rate * args.weight_decay) * w - rate * (gradient + args.momentum * velocity[name])
    moving = {n: AVERAGING * old + (1 - AVERAGING) * batch[n] for n, old in state["moving"].items()}
    return {"weights": weights, "velocity": velocity, "moving": moving}, loss, norm


@jax.jit
def evaluated(state, x, y):
    logits = logits_of(state["weights"], x, state["moving"]["mean"], state["moving"]["var"])
    return cross_entropy(logits, y), (logits.argmax(axis=1) != y).mean()


def measured(name):
    loss, error = evaluated(state, images[splits[name]], labels[splits[name]])
    return {f"{name}/loss": loss, f"{name}/error": error}


def save(value=None):
    arrays = {f"{part}/{name}": np.asarray(a) for part, named in state.items() for name, a in named.items()}
    tanren.save(step, lambda path: np.savez(path, step=step, **arrays), value, suffix=".npz")


def load(path):
    with np.load(path) as file:
        parts = {part: {n.split("/")[1]: file[n] for n in file.files if n.startswith(part + "/")} for part in initial()}
        return int(file["step"]), parts


def asked_to_stop():
    """All hosts leave after the same step, or those that stay would wait for the others for ever."""
    asked = tanren.should_stop()
    return asked if host.count == 1 else bool(multihost_utils.process_allgather(np.array(asked)).any())


step, saved = tanren.restore(load)
state = jax.device_put(initial() if saved is None else saved, replicated)
tanren.started(
    *("seeds cadence checkpoint sigterm resume prolong split schedule warmup clip every-step-evaluation evaluate-task".split()),
    jax=jax.__version__,
    devices=jax.device_count(),
)
if trial.task == "evaluate":
    tanren.report(step, {**measured("train"), **measured(trial.split)})
    raise SystemExit(0)
dropout = jax.random.key(trial.seeds["dropout"])
while step < trial.max_train_steps:
    if asked_to_stop():
        save()
        raise SystemExit(143)
    rate = args.learning_rate * trial.rate(step)
    state, loss, norm = update(state, *local_batch(step), rate, jax.random.fold_in(dropout, step))
    step += 1
    if not np.isfinite(loss):
        tanren.report(step, {"train/loss": loss})
        tanren.infeasible(f"diverged: the training loss is {loss}", step)
        raise SystemExit(0)
    if trial.due(step):
        metrics = {**measured("train"), **measured(trial.split), "grad_norm": norm, "learning_rate": rate}
        tanren.report(step, metrics)
        save(metrics.get(trial.metric))
tanren.finished(step)
