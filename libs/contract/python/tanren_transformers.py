"""A callback for Hugging Face's Trainer; lies beside tanren.py: Trainer(..., callbacks=[TanrenCallback()]).

Loggers (report_to) go on as they are. Give TrainingArguments(output_dir=tanren.trial().checkpoint_dir or "out") so that
checkpoints lie in the trial's folder. To resume, both are needed:

    trainer = Trainer(..., callbacks=[TanrenCallback(honours=["resume"])])
    trainer.train(resume_from_checkpoint=whole_checkpoint())
"""

from __future__ import annotations

import json
import os
import zipfile
from typing import Any, Mapping, Optional, Sequence, Tuple

from safetensors import safe_open
from transformers import TrainerCallback

import tanren


def whole_checkpoint() -> Optional[str]:
    """The trial's newest checkpoint that is not damaged, for `resume_from_checkpoint`; None where training begins."""
    return tanren.restore(_checked)[1]


def _checked(folder: str) -> Tuple[int, str]:
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name.endswith(".safetensors"):
            with safe_open(path, "pt"):  # Holds the file's length against its header.
                pass
        elif name.endswith((".pt", ".pth", ".bin")):
            with zipfile.ZipFile(path) as file:  # As torch.save writes it, with a checksum for each part.
                damaged = file.testzip()
            if damaged is not None:
                raise ValueError(f"{name}: the checksum of {damaged} does not match")
    with open(os.path.join(folder, "trainer_state.json"), encoding="utf-8") as state:
        return int(json.load(state)["global_step"]), folder


class TanrenCallback(TrainerCallback):
    """Reports evaluations by global step: `eval_loss` as valid/loss, `eval_accuracy` as valid/accuracy, …

    `names` gives the Trainer's names others than these. `honours`: the duties that the program around it fulfils, such
    as "seeds" (it takes its seeds from the trial) and "resume" (it hands `whole_checkpoint()` to `train`).
    """

    def __init__(self, names: Optional[Mapping[str, str]] = None, honours: Sequence[str] = ()) -> None:
        self.names = dict(names or {})
        self.honours = tuple(honours)
        self.stopped = False

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        # What was not handed to `train` begins at step 0, and says so.
        resumed = None if tanren.trial().resume_from is None else state.global_step
        tanren.started("checkpoint", "sigterm", *self.honours, resumed_from=resumed)

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: Mapping[str, Any], **kwargs: Any) -> None:
        # Times and speeds are facts about the machine, not about the trial.
        measured = {self._name(name): float(value) for name, value in metrics.items() if _is_metric(name, value)}
        self._report(measured, state, control)

    def on_log(self, args: Any, state: Any, control: Any, logs: Mapping[str, Any], **kwargs: Any) -> None:
        known = {"loss": "train/loss", "grad_norm": "grad_norm", "learning_rate": "learning_rate"}
        measured = {known[name]: float(value) for name, value in logs.items() if name in known}
        self._report(measured, state, control)

    def on_save(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        tanren.checkpoint(state.global_step, f"{args.output_dir}/checkpoint-{state.global_step}")

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if tanren.should_stop():
            self.stopped = True
            control.should_save = True
            control.should_training_stop = True

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self.stopped:
            raise SystemExit(143)
        tanren.finished(state.global_step)

    def _report(self, measured: Mapping[str, float], state: Any, control: Any) -> None:
        if measured:
            tanren.report(state.global_step, measured)
        if tanren.diverged(measured):
            tanren.infeasible(f"diverged: {measured}", state.global_step)
            control.should_training_stop = True

    def _name(self, name: str) -> str:
        plain = name[len("eval_") :] if name.startswith("eval_") else name
        return self.names.get(name, f"valid/{plain}")


def _is_metric(name: str, value: object) -> bool:
    return name != "epoch" and not name.endswith(("runtime", "per_second")) and isinstance(value, (int, float))
