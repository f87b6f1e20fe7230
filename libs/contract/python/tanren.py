"""Tanren's contract with a training program, in one file without dependencies (Python >= 3.9).

Copy it beside your script. Two lines are enough, `import tanren` and a `tanren.report(...)` where you evaluate; each
further call buys something, as docs/python.md says. Run by hand, without Tanren, the same script works as before:
parameters stay as they are, reports are printed, nothing asks it to stop.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import signal
import sys
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, NoReturn, Optional, SupportsFloat, Tuple, TypeVar, Union

Value = Union[int, float, str, bool]
Number = SupportsFloat  #: Python, NumPy, JAX and PyTorch scalars.
Defaults = TypeVar("Defaults")
Loaded = TypeVar("Loaded")


@dataclass(frozen=True)
class Host:
    """Which of the processes that train one model together this is; Tanren starts none of the others itself."""

    index: int = 0
    count: int = 1
    coordinator: Optional[str] = None  #: host:port of the process with index 0, for the program's own runtime.


@dataclass(frozen=True)
class Trial:
    """All that determines one attempt at a trial: the file named by TANREN_TRIAL."""

    task: str = "train"
    id: str = "by hand"
    hyperparameters: Mapping[str, Value] = field(default_factory=dict)
    max_train_steps: int = 1
    eval_every_steps: int = 1
    seeds: Mapping[str, int] = field(default_factory=lambda: {"init": 0, "data": 0, "dropout": 0})  #: Below 2**32.
    checkpoint_dir: Optional[str] = None  #: This attempt's own folder; None by hand, where nothing is saved.
    resume_from: Optional[str] = None  #: The path of a checkpoint that was reported earlier, or None.
    earlier_checkpoints: Tuple[str, ...] = ()  #: The trial's others before it, newest first: for when it is damaged.
    split: str = "valid"  #: What is measured beside the training data: train, valid or test.
    keep_checkpoints: int = 1
    keep_checkpoint_at: Optional[int] = None  #: Duty `prolong`: `save` keeps the one of this step, whatever the others.
    metric: str = ""  #: The campaign's, by which the best checkpoints are kept; empty by hand.
    minimize: bool = True
    host: Host = field(default_factory=Host)
    export_dir: Optional[str] = None
    schedule: Optional[Mapping[str, Any]] = None
    warmup_steps: int = 0
    clip_norm: Optional[float] = None
    evaluate_every_step_until: int = 0

    def due(self, step: int) -> bool:
        """Whether an evaluation is due after this step: every so many steps, never by time, and at the end."""
        return step <= self.evaluate_every_step_until or step % self.eval_every_steps == 0 or step == self.max_train_steps

    def rate(self, step: int, own: Callable[[float], float] = lambda share: 1.0) -> float:
        """The factor on the base learning rate for the update after `step` updates (from 0).

        The course that a sweep asks for (duties `schedule`, `warmup`), else the program's `own`: a function of the
        share of training that is done, 0 ... 1. Warmup comes in front; the schedule then runs its whole course.
        """
        if step < self.warmup_steps:
            return (step + 1) / self.warmup_steps * self.rate(self.warmup_steps, own)
        at, steps = step - self.warmup_steps, max(1, self.max_train_steps - self.warmup_steps)
        if self.schedule is None:
            return own(min(1.0, at / steps))
        end = float(self.schedule.get("endFactor", 0.0))
        if self.schedule["type"] == "constant":
            return 1.0
        if self.schedule["type"] == "cosine":
            return end + (1 - end) * (1 + math.cos(math.pi * min(1.0, at / steps))) / 2
        start = int(self.schedule.get("decayStart", 0))
        share = min(1.0, max(0.0, (at - start) / (steps - start)))
        return 1 - share + end * share


_trial: Optional[Trial] = None
_stop: dict[str, bool] = {}  #: Empty until somebody listens to SIGTERM.
_saved: dict[str, Optional[float]] = {}
_started = False
_resumed_from: Optional[int] = None
_damaged: list[str] = []


def refuse(message: str) -> NoReturn:
    """Ends the program because what it was given cannot be used: one line, exit code 2."""
    print(message, file=sys.stderr)
    raise SystemExit(2)


def trial(max_train_steps: int = 1, eval_every_steps: int = 1) -> Trial:
    """The trial to run; by hand, one of `max_train_steps` that is evaluated every `eval_every_steps`."""
    global _trial
    path = os.environ.get("TANREN_TRIAL")
    if _trial is not None and path:
        return _trial
    if not path:
        return Trial(max_train_steps=max_train_steps, eval_every_steps=eval_every_steps)
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    host = told.get("host", {})
    _trial = Trial(
        task=told["task"],
        id=told["trial"],
        hyperparameters=told["hyperparameters"],
        max_train_steps=told["maxTrainSteps"],
        eval_every_steps=told["evalEverySteps"],
        seeds=told["seeds"],
        checkpoint_dir=told["checkpointDir"],
        resume_from=told["resumeFrom"],
        earlier_checkpoints=tuple(told.get("earlierCheckpoints", ())),
        split=told["split"],
        keep_checkpoints=told["keepCheckpoints"],
        keep_checkpoint_at=told.get("keepCheckpointAt"),
        metric=told["metric"]["name"],
        minimize=told["metric"]["goal"] == "minimize",
        host=Host(host.get("index", 0), host.get("count", 1), host.get("coordinator")),
        export_dir=told.get("exportDir"),
        schedule=told.get("schedule"),
        warmup_steps=told.get("warmupSteps", 0),
        # A whole number in JSON may be larger than a framework's own integers.
        clip_norm=None if told.get("clipNorm") is None else float(told["clipNorm"]),
        evaluate_every_step_until=told.get("evaluateEveryStepUntil", 0),
    )
    return _trial


def params(defaults: Defaults) -> Defaults:
    """`defaults` with the trial's hyperparameters in their place; by hand, `defaults` as they are.

    `defaults` is a dict, or an object with attributes such as argparse's Namespace. A value of the wrong kind, and a
    hyperparameter that the program does not have, end the program with exit code 2 and one line.
    """
    names = defaults if isinstance(defaults, dict) else vars(defaults)
    for given, value in trial().hyperparameters.items():
        name = given if given in names else re.sub(r"\W", "_", given)
        if name not in names:
            refuse(f"{given} is no parameter of this program; it has {', '.join(sorted(names))}")
        names[name] = _fitting(given, value, names[name])
    return defaults


def _fitting(name: str, value: Value, default: object) -> Value:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(default, bool):
        fits, wanted = isinstance(value, bool), "true or false"
    elif isinstance(default, (int, float)):
        fits, wanted = number, "a number"
        # add_argument("--dropout", type=float, default=0) leaves a whole number too: argparse converts texts only.
        whole = fits and isinstance(default, int) and float(value).is_integer()
        value = int(value) if whole else float(value) if fits else value
    else:
        fits, wanted = default is None or isinstance(value, str), "a text"
    if not fits:
        refuse(f"{name} is {json.dumps(value)}, {wanted} is wanted")
    return value


def _say(event: Mapping[str, object]) -> None:
    """Appends one line; of several hosts only the first speaks (playbook, "multi-host pipelines")."""
    path = os.environ.get("TANREN_EVENTS")
    if trial().host.index != 0:
        return
    if not path:
        print(" ".join(f"{name}={value}" for name, value in event.items()), flush=True)
        return
    # One write for one line: a reader never sees half of it, a killed program leaves at most the last one short.
    with open(path, "ab", buffering=0) as log:
        log.write((json.dumps(event) + "\n").encode())


def started(*honours: str, resumed_from: Optional[int] = None, **about: Value) -> None:
    """Declares what the program does beyond level 0, before its first report; docs/trainer-contract.md names all.

    `resumed_from`: the step that training goes on from, where it is not the one that `restore` gave.
    """
    global _started
    if "sigterm" in honours:
        _listen()
    step = _resumed_from if resumed_from is None else int(resumed_from)
    _say({"type": "started", "honours": list(honours), **({} if step is None else {"resumedFrom": step}), **about})
    _started = True
    for why in _damaged:
        warning(f"damaged checkpoint: {why}; {'going on from step ' + str(step) if step else 'beginning anew'}")


def report(step: int, metrics: Mapping[str, Number]) -> None:
    """What was measured after `step` updates, such as {"train/loss": 0.5, "valid/error": 0.1}; NaN is legal."""
    _say({"type": "metrics", "step": int(step), **{name: float(value) for name, value in metrics.items()}})


def diverged(metrics: Mapping[str, Number]) -> bool:
    """Whether these end the trial: the campaign's metric or train/loss is not finite. Any other may be undefined."""
    return not all(math.isfinite(float(metrics[name])) for name in (trial().metric, "train/loss") if name in metrics)


def restore(load: Callable[[str], Tuple[int, Loaded]]) -> Tuple[int, Optional[Loaded]]:
    """The step to go on from and what `load(path)` gave with it: (0, None) where training begins. Before `started`.

    `load` returns (step, state) and changes nothing itself. Where it raises, the checkpoint is damaged: the one before
    it is tried, and `started` says so. The evaluate task measures `resume_from` or, with exit code 2, nothing.
    """
    global _resumed_from
    here = trial()
    if _started:
        raise RuntimeError("tanren.restore comes before tanren.started, which says where training goes on")
    if here.resume_from is None:
        return (0, None) if here.task == "train" else refuse("resumeFrom is null, the evaluate task wants a checkpoint")
    for path in [here.resume_from, *here.earlier_checkpoints]:
        try:
            step, loaded = load(path)
            _resumed_from = int(step)
            return _resumed_from, loaded
        except Exception as error:
            if "Memory" in type(error).__name__:  # MemoryError, torch.OutOfMemoryError: the file may well be whole.
                raise
            why = f"{path}: {type(error).__name__}: {' '.join(str(error).split())[:500]}"
        if here.task == "evaluate":
            refuse(f"resumeFrom cannot be evaluated: {why}")
        _damaged.append(why)
    _resumed_from = 0
    return 0, None


def _flush(path: str) -> None:
    """To the disk, a folder with all that it holds: what is announced outlives a power failure."""
    within = [os.path.join(at, name) for at, _, names in os.walk(path) for name in names]
    for one in [*within, path, os.path.dirname(path)]:
        opened = os.open(one, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def checkpoint(step: int, path: Union[str, "os.PathLike[str]"]) -> None:
    """Announces a whole checkpoint, file or folder, after the reports of all steps up to its own."""
    whole = os.path.abspath(os.fspath(path))
    if os.path.exists(whole):
        _flush(whole)
    _say({"type": "checkpoint", "step": int(step), "path": whole})


def save(step: int, write: Callable[[str], object], value: Optional[Number] = None, suffix: str = "") -> None:
    """Writes a checkpoint with `write(path)` under a temporary name, renames it, announces it.

    `write` makes a file or a folder. Of those saved so, the best by `value` (as many as the trial asks for), the last,
    and that of `keep_checkpoint_at` stay. `suffix`: ".npz", where the writer insists on one. By hand, and on hosts other than the first, nothing is written.
    """
    here = trial()
    if here.checkpoint_dir is None or here.host.index != 0:
        return
    path = os.path.join(here.checkpoint_dir, f"step-{step:08d}{suffix}")
    unfinished = os.path.join(here.checkpoint_dir, f"unfinished-{step:08d}{suffix}")
    write(unfinished)
    # Before the rename, which could otherwise reach the disk without what the file holds.
    _flush(unfinished)
    replaced = f"{unfinished}-replaced"
    if os.path.isdir(path):  # Of the same step: nothing replaces a folder that is not empty.
        os.replace(path, replaced)
    os.replace(unfinished, path)
    checkpoint(step, path)
    shutil.rmtree(replaced, ignore_errors=True)
    _saved[path] = None if value is None or not math.isfinite(float(value)) else float(value)
    ranked = sorted((v if here.minimize else -v, p) for p, v in _saved.items() if v is not None)
    asked = here.keep_checkpoint_at
    prolonged = () if asked is None else (os.path.join(here.checkpoint_dir, f"step-{asked:08d}{suffix}"),)
    kept = {path, *prolonged, *(p for _, p in ranked[: here.keep_checkpoints])}
    for old in [p for p in _saved if p not in kept]:
        (shutil.rmtree if os.path.isdir(old) else os.remove)(old)
        del _saved[old]


def infeasible(reason: str, step: Optional[int] = None) -> None:
    """This point cannot be trained (diverged, out of memory): a result, not an error. Exit with 0 after it."""
    _say({"type": "infeasible", "reason": reason, **({} if step is None else {"step": int(step)})})


def warning(message: str) -> None:
    _say({"type": "warning", "message": message})


def finished(step: int) -> None:
    """All steps are done; a program that was asked to stop does not say so."""
    _say({"type": "finished", "step": int(step)})


def _listen() -> None:
    if not _stop:
        _stop["asked"] = False
        signal.signal(signal.SIGTERM, lambda _signal, _frame: _stop.update(asked=True))


def should_stop() -> bool:
    """Whether SIGTERM has come: write a checkpoint and leave. Ask once a step; the first call starts listening."""
    _listen()
    return _stop["asked"]
