"""A callback for Hugging Face's Trainer; lies beside tanren.py: Trainer(..., callbacks=[TanrenCallback()]).

Loggers (report_to) go on as they are. Give TrainingArguments(output_dir=tanren.trial().checkpoint_dir or "out") so that
checkpoints lie in the trial's folder, and resume with trainer.train(resume_from_checkpoint=tanren.trial().resume_from).
"""

from __future__ import annotations

import math
from typing import Any, Mapping, Optional

from transformers import TrainerCallback

import tanren


class TanrenCallback(TrainerCallback):
    """Reports evaluations by global step: `eval_loss` as valid/loss, `eval_accuracy` as valid/accuracy, …

    `names` gives the Trainer's names others than these.
    """

    def __init__(self, names: Optional[Mapping[str, str]] = None) -> None:
        self.names = dict(names or {})
        self.stopped = False

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        tanren.started("checkpoint", "sigterm")

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: Mapping[str, Any], **kwargs: Any) -> None:
        # Times and speeds are facts about the machine, not about the trial.
        measured = {self._name(name): float(value) for name, value in metrics.items() if _is_metric(name, value)}
        if not measured:
            return
        tanren.report(state.global_step, measured)
        if not all(math.isfinite(value) for value in measured.values()):
            tanren.infeasible(f"diverged: {measured}", state.global_step)
            control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, logs: Mapping[str, Any], **kwargs: Any) -> None:
        known = {"loss": "train/loss", "grad_norm": "grad_norm", "learning_rate": "learning_rate"}
        measured = {known[name]: float(value) for name, value in logs.items() if name in known}
        if measured:
            tanren.report(state.global_step, measured)

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

    def _name(self, name: str) -> str:
        plain = name[len("eval_") :] if name.startswith("eval_") else name
        return self.names.get(name, f"valid/{plain}")


def _is_metric(name: str, value: object) -> bool:
    return name != "epoch" and not name.endswith(("runtime", "per_second")) and isinstance(value, (int, float))
