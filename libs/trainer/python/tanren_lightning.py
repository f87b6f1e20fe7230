"""A Lightning callback for Tanren; lies beside tanren.py: Trainer(callbacks=[TanrenCallback({"val_loss": "valid/loss"})]).

Loggers (W&B, MLflow, TensorBoard) go on as they are. Lightning's own ModelCheckpoint may stay too; this one writes to
the trial's folder, after each validation and when Tanren asks the program to leave.
"""

from __future__ import annotations

import math
from typing import Any, Mapping, Optional

import tanren

try:
    from lightning.pytorch import Callback
except ImportError:
    from pytorch_lightning import Callback


class TanrenCallback(Callback):
    """Reports `trainer.callback_metrics` after each validation, by global step.

    `names` gives Lightning's names those that the campaign uses; metrics that it does not name keep their own.
    `monitor`: the name, as the campaign uses it, by which the best checkpoints are kept.
    Resume with Trainer.fit(..., ckpt_path=tanren.trial().resume_from).
    """

    def __init__(self, names: Optional[Mapping[str, str]] = None, monitor: Optional[str] = None) -> None:
        self.names = dict(names or {})
        self.monitor = monitor

    def on_fit_start(self, trainer: Any, pl_module: Any) -> None:
        tanren.started("checkpoint", "sigterm")

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        if trainer.sanity_checking:
            return
        measured = {self.names.get(name, name): float(value) for name, value in trainer.callback_metrics.items()}
        step = trainer.global_step
        if measured:
            tanren.report(step, measured)
        if not all(math.isfinite(value) for value in measured.values()):
            tanren.infeasible(f"diverged: {measured}", step)
            trainer.should_stop = True
            return
        self._save(trainer, measured.get(self.monitor) if self.monitor else None)

    def on_train_batch_end(self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int) -> None:
        if tanren.should_stop():
            self._save(trainer)
            raise SystemExit(143)

    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:
        # While it fits, Lightning listens to SIGTERM too, and may leave before the next step with this one.
        if type(exception).__name__ == "SIGTERMException":
            self._save(trainer)
            raise SystemExit(143) from exception

    def on_fit_end(self, trainer: Any, pl_module: Any) -> None:
        tanren.finished(trainer.global_step)

    def _save(self, trainer: Any, value: Optional[float] = None) -> None:
        tanren.save(trainer.global_step, trainer.save_checkpoint, value, suffix=".ckpt")
