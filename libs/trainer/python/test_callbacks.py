"""The callbacks, each in a tiny training of its framework's own; what is absent is named as not tested."""

import importlib.util
import unittest

from test_tanren import Run

LIGHTNING = """
import warnings; warnings.filterwarnings("ignore")
import logging; logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
import lightning.pytorch as L, torch
from tanren_lightning import TanrenCallback

class Line(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.line = torch.nn.Linear(1, 1)
    def training_step(self, batch, _):
        return ((self.line(batch) - 2 * batch) ** 2).mean()
    def validation_step(self, batch, _):
        self.log("val_loss", self.training_step(batch, 0))
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), 0.1)

data = torch.utils.data.DataLoader(torch.linspace(-1, 1, 32).reshape(-1, 1), batch_size=8)
trainer = L.Trainer(
    max_epochs=EPOCHS, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False,
    enable_model_summary=False, callbacks=[TanrenCallback({"val_loss": "valid/loss"}, monitor="valid/loss")],
)
print("ready", flush=True)
trainer.fit(Line(), data, data)
"""

TRANSFORMERS = """
import torch, transformers, tanren
from tanren_transformers import TanrenCallback

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
    model=Line(), args=arguments, train_dataset=rows, eval_dataset=rows, callbacks=[TanrenCallback()]
)
print("ready", flush=True)
trainer.train()
"""


def needs(*names):
    absent = [name for name in names if not importlib.util.find_spec(name)]
    return unittest.skipIf(absent, f"NOT TESTED: {', '.join(absent)} not installed (npm run test:python -- --torch)")


class Callbacks(unittest.TestCase):
    def check(self, script, steps):
        run = Run(script.replace("EPOCHS", "2"), seconds=240)
        self.assertEqual(run.code, 0, run.err)
        self.assertEqual(run.events[0], {"type": "started", "honours": ["checkpoint", "sigterm"]})
        measured = [event for event in run.events if "valid/loss" in event]
        self.assertEqual([event["step"] for event in measured], steps)
        self.assertLess(measured[1]["valid/loss"], measured[0]["valid/loss"])
        checkpoints = [event["step"] for event in run.events if event["type"] == "checkpoint"]
        self.assertEqual(checkpoints, steps)
        self.assertEqual(run.events[-1], {"type": "finished", "step": steps[-1]})
        self.assertTrue(run.files)

    def check_sigterm(self, script):
        run = Run(script.replace("EPOCHS", "100000"), signal_when='"checkpoint"', seconds=240)
        self.assertEqual(run.code, 143, run.err)
        self.assertEqual(run.events[-1]["type"], "checkpoint")

    @needs("torch", "lightning")
    def test_lightning(self):
        self.check(LIGHTNING, [4, 8])

    @needs("torch", "lightning")
    def test_lightning_leaves_when_asked(self):
        self.check_sigterm(LIGHTNING)

    @needs("torch", "transformers", "accelerate")
    def test_transformers(self):
        self.check(TRANSFORMERS, [4, 8])

    @needs("torch", "transformers", "accelerate")
    def test_transformers_leaves_when_asked(self):
        self.check_sigterm(TRANSFORMERS)


if __name__ == "__main__":
    unittest.main()
