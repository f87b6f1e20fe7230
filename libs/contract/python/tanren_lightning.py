"""A Lightning callback for Tanren; lies beside tanren.py: Trainer(callbacks=[TanrenCallback({"val_loss": "valid/loss"})]).

Loggers (W&B, MLflow, TensorBoard) go on as they are. Lightning's own ModelCheckpoint may stay too; this one writes to
the trial's folder, after each validation and when Tanren asks the program to leave. To resume, both are needed:

    trainer = Trainer(..., callbacks=[TanrenCallback(..., honours=["resume"])])
    trainer.fit(model, ..., ckpt_path=whole_checkpoint())
"""

from __future__ import annotations

import os
import re
import zipfile
from typing import Any, Mapping, Optional, Sequence, Tuple

import tanren

try:
    from lightning.pytorch import Callback
except ImportError:
    from pytorch_lightning import Callback


def whole_checkpoint() -> Optional[str]:
    """The trial's newest checkpoint that is not damaged, for `ckpt_path`; None where training begins."""
    return tanren.restore(_checked)[1]


def _checked(path: str) -> Tuple[int, str]:
    with zipfile.ZipFile(path) as file:  # As torch.save writes it, with a checksum for each part.
        damaged = file.testzip()
    if damaged is not None:
        raise ValueError(f"the checksum of {damaged} does not match")
    return int(re.findall(r"step-(\d+)", os.path.basename(path))[0]), path


class TanrenCallback(Callback):
    """Reports `trainer.callback_metrics` after each validation, by global step.

    `names` gives Lightning's names those that the campaign uses; metrics that it does not name keep their own.
    `monitor`: the name, as the campaign uses it, by which the best checkpoints are kept.
    `honours`: the duties that the program around it fulfils, such as "seeds" (it seeds everything from the trial's
    seeds) and "resume" (it hands `whole_checkpoint()` to `fit`, and its data come in the order that they would have had).
    """

    def __init__(
        self, names: Optional[Mapping[str, str]] = None, monitor: Optional[str] = None, honours: Sequence[str] = ()
    ) -> None:
        self.names = dict(names or {})
        self.monitor = monitor
        self.honours = tuple(honours)
        self.started = False

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        # Not on_fit_start: only now is the step the restored one. What was not handed to `fit` begins at 0, and says so.
        resumed = None if tanren.trial().resume_from is None else trainer.global_step
        tanren.started("checkpoint", "sigterm", *self.honours, resumed_from=resumed)
        self.started = True

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        if trainer.sanity_checking:
            return
        measured = {self.names.get(name, name): float(value) for name, value in trainer.callback_metrics.items()}
        step = trainer.global_step
        if measured:
            tanren.report(step, measured)
        if tanren.diverged(measured):
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
        if not self.started:  # Resumed from its last step: nothing was left to train.
            self.on_train_start(trainer, pl_module)
        tanren.finished(trainer.global_step)

    def _save(self, trainer: Any, value: Optional[float] = None) -> None:
        tanren.save(trainer.global_step, trainer.save_checkpoint, value, suffix=".ckpt")
