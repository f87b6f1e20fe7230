"""The callbacks, each in a tiny training of its framework's own; what is absent is named as not tested."""

import importlib.util
import math
import os
import tempfile
import unittest
from pathlib import Path

from test_tanren import Run

LIGHTNING = """
import warnings; warnings.filterwarnings("ignore")
import logging; logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
import lightning.pytorch as L, torch
from tanren_lightning import TanrenCallback, whole_checkpoint

L.seed_everything(1, verbose=False)
class Line(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.line = torch.nn.Linear(1, 1)
    def training_step(self, batch, _):
        return ((self.line(batch) - 2 * batch) ** 2).mean()
    def validation_step(self, batch, _):
        self.log("val_loss", self.training_step(batch, 0))
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), 0.05, momentum=0.9)

data = torch.utils.data.DataLoader(torch.linspace(-1, 1, 32).reshape(-1, 1), batch_size=8)
trainer = L.Trainer(
    max_epochs=EPOCHS, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
    enable_model_summary=False, callbacks=[TanrenCallback({"val_loss": "valid/loss"}, monitor="valid/loss", honours=["resume"])],
)
print("ready", flush=True)
trainer.fit(Line(), data, data, ckpt_path=whole_checkpoint())
"""

TRANSFORMERS = """
import torch, transformers, tanren
from tanren_transformers import TanrenCallback, whole_checkpoint

torch.manual_seed(1)
class Line(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.line = torch.nn.Linear(1, 1)
    def forward(self, x, labels):
        y = self.line(x)
        return {"loss": ((y - labels) ** 2).mean(), "logits": y}

rows = [{"x": torch.tensor([i / 16 - 1.0]), "labels": torch.tensor([i / 8 - 2.0])} for i in range(32)]
arguments = transformers.TrainingArguments(
    output_dir=tanren.trial().checkpoint_dir, num_train_epochs=EPOCHS, per_device_train_batch_size=8, use_cpu=True,
    eval_strategy="steps", eval_steps=4, save_steps=4, logging_steps=4, report_to=[], disable_tqdm=True,
)
trainer = transformers.Trainer(
    model=Line(), args=arguments, train_dataset=rows, eval_dataset=rows, callbacks=[TanrenCallback(honours=["resume"])]
)
print("ready", flush=True)
trainer.train(resume_from_checkpoint=whole_checkpoint())
"""


def needs(*names):
    absent = [name for name in names if not importlib.util.find_spec(name)]
    return unittest.skipIf(absent, f"NOT TESTED: {', '.join(absent)} not installed (npm run test:python -- --torch)")


class Callbacks(unittest.TestCase):
    def check(self, script, steps):
        run = Run(script.replace("EPOCHS", "2"), seconds=240)
        self.assertEqual(run.code, 0, run.err)
        self.assertEqual(run.events[0], {"type": "started", "honours": ["checkpoint", "sigterm", "resume"]})
        measured = [event for event in run.events if "valid/loss" in event]
        self.assertEqual([event["step"] for event in measured], steps)
        self.assertLess(measured[1]["valid/loss"], measured[0]["valid/loss"])
        checkpoints = [event["step"] for event in run.events if event["type"] == "checkpoint"]
        self.assertEqual(checkpoints, steps)
        self.assertEqual(run.events[-1], {"type": "finished", "step": steps[-1]})
        self.assertTrue(run.files)

    def check_resume(self, script, torn):
        """Of three checkpoints the last is torn: training goes on from the second, on the curve that it would have had."""
        script = script.replace("EPOCHS", "3")
        with tempfile.TemporaryDirectory() as folder:
            whole = Run(script, seconds=240, checkpointDir=folder, keepCheckpoints=9)
            curve = {event["step"]: event["valid/loss"] for event in whole.events if "valid/loss" in event}
            self.assertEqual(sorted(curve), [4, 8, 12], whole.err)
            earlier = [event["path"] for event in whole.events if event["type"] == "checkpoint"]
            *before, last = earlier
            os.truncate(Path(last, torn), 100)
            for resume, step, damaged in [(before[::-1], 8, 0), (earlier[::-1], 8, 1)]:
                run = Run(script, seconds=240, resumeFrom=resume[0], earlierCheckpoints=resume[1:])
                self.assertEqual(run.code, 0, run.err)
                self.assertEqual(run.events[0].get("resumedFrom"), step)
                self.assertEqual([event["type"] for event in run.events].count("warning"), damaged)
                again = {event["step"]: event["valid/loss"] for event in run.events if "valid/loss" in event}
                self.assertEqual(again, {12: curve[12]})
            ignored = script.replace("ckpt_path=whole_checkpoint()", "").replace("resume_from_checkpoint=whole_checkpoint()", "")
            run = Run(ignored, seconds=240, resumeFrom=before[-1])
            self.assertEqual(run.events[0].get("resumedFrom"), 0, "what is not handed on is not claimed")

    def check_undefined(self, script):
        """A correlation of constant predictions is NaN; the trial is none the worse for it. NaN in its metric ends it."""
        for metric, ends in [("valid/loss", ["finished"]), ("valid/pearson", ["infeasible", "finished"])]:
            run = Run(script.replace("EPOCHS", "2"), seconds=240, metric={"name": metric, "goal": "minimize"})
            self.assertEqual(run.code, 0, run.err)
            said = [event for event in run.events if event["type"] in ("infeasible", "finished")]
            self.assertEqual([event["type"] for event in said], ends)
            self.assertEqual(said[-1]["step"], 8 if len(ends) == 1 else 4)
            self.assertTrue(all(math.isnan(event["valid/pearson"]) for event in run.events if "valid/pearson" in event))

    def check_sigterm(self, script):
        run = Run(script.replace("EPOCHS", "100000"), signal_when='"checkpoint"', seconds=240)
        self.assertEqual(run.code, 143, run.err)
        self.assertEqual(run.events[-1]["type"], "checkpoint")

    @needs("torch", "lightning")
    def test_lightning(self):
        self.check(LIGHTNING, [4, 8])

    @needs("torch", "lightning")
    def test_lightning_resumes(self):
        self.check_resume(LIGHTNING, "")

    @needs("torch", "lightning")
    def test_lightning_with_a_metric_that_is_undefined(self):
        logged = 'self.log("val_loss", self.training_step(batch, 0)); self.log("valid/pearson", float("nan"))'
        self.check_undefined(LIGHTNING.replace('self.log("val_loss", self.training_step(batch, 0))', logged))

    @needs("torch", "lightning")
    def test_lightning_leaves_when_asked(self):
        self.check_sigterm(LIGHTNING)

    @needs("torch", "transformers", "accelerate")
    def test_transformers(self):
        self.check(TRANSFORMERS, [4, 8])

    @needs("torch", "transformers", "accelerate")
    def test_transformers_resumes(self):
        self.check_resume(TRANSFORMERS, "model.safetensors")

    @needs("torch", "transformers", "accelerate")
    def test_transformers_with_a_metric_that_is_undefined(self):
        computed = 'compute_metrics=lambda _: {"pearson": float("nan")}, callbacks='
        self.check_undefined(TRANSFORMERS.replace("callbacks=", computed))

    @needs("torch", "transformers", "accelerate")
    def test_transformers_leaves_when_asked(self):
        self.check_sigterm(TRANSFORMERS)


if __name__ == "__main__":
    unittest.main()
