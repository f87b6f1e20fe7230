"""Tests of tanren.py, by the standard library alone: python3 -m unittest discover libs/trainer/python"""

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

HERE = Path(__file__).parent
TRIAL = {
    "version": 1,
    "task": "train",
    "trial": "s/0",
    "hyperparameters": {"learning_rate": 0.5, "width": 8, "use-dropout": True},
    "maxTrainSteps": 10,
    "evalEverySteps": 4,
    "stepUnit": "step",
    "seeds": {"init": 1, "data": 2, "dropout": 3},
    "resumeFrom": None,
    "split": "valid",
    "limits": {},
    "keepCheckpoints": 1,
    "metric": {"name": "valid/error", "goal": "minimize"},
    "host": {"index": 0, "count": 1},
}


class Run:
    def __init__(self, script, by_hand=False, signal_after=None, signal_when=None, seconds=30, **changes):
        with tempfile.TemporaryDirectory() as folder:
            checkpoints = Path(folder, "checkpoints")
            checkpoints.mkdir()
            trial = Path(folder, "trial.json")
            trial.write_text(json.dumps({**TRIAL, "checkpointDir": str(checkpoints), **changes}))
            events = Path(folder, "events.jsonl")
            told = {} if by_hand else {"TANREN_TRIAL": str(trial), "TANREN_EVENTS": str(events)}
            environment = {**os.environ, "PYTHONPATH": str(HERE), **told}
            process = subprocess.Popen(
                [sys.executable, "-c", "import tanren\n" + script],
                env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            if signal_after is not None:
                process.stdout.readline()
                process.send_signal(signal_after)
            while signal_when is not None and process.poll() is None:
                time.sleep(0.02)
                if events.exists() and signal_when in events.read_text():
                    process.send_signal(signal.SIGTERM)
                    break
            self.out, self.err = process.communicate(timeout=seconds)
            self.code = process.returncode
            self.lines = events.read_text().splitlines() if events.exists() else []
            self.events = [json.loads(line) for line in self.lines]
            self.files = sorted(path.name for path in checkpoints.iterdir())


class Params(unittest.TestCase):
    namespace = "import argparse; print(vars(tanren.params(argparse.Namespace(learning_rate=1.0, width=2, use_dropout=False))))"

    def test_replace_defaults(self):
        self.assertEqual(Run(self.namespace).out.strip(), "{'learning_rate': 0.5, 'width': 8, 'use_dropout': True}")

    def test_by_hand_stay_as_they_are(self):
        self.assertEqual(Run(self.namespace, by_hand=True).out.strip(), "{'learning_rate': 1.0, 'width': 2, 'use_dropout': False}")

    def test_of_the_wrong_kind_are_refused(self):
        for name, value in [("learning_rate", "high"), ("width", 2.5), ("width", True), ("use_dropout", 1)]:
            run = Run(self.namespace, hyperparameters={name: value})
            self.assertEqual((run.code, run.err.count("\n")), (2, 1), run.err)
            self.assertIn(name, run.err)

    def test_unknown_are_refused(self):
        run = Run("tanren.params({'lr': 0.1})")
        self.assertEqual(run.code, 2)
        self.assertIn("learning_rate is no parameter of this program; it has lr", run.err)


class Events(unittest.TestCase):
    def test_are_lines(self):
        run = Run("tanren.started('seeds', backend='none'); tanren.report(4, {'valid/error': 0.5}); tanren.finished(4)")
        self.assertEqual(
            run.events,
            [
                {"type": "started", "honours": ["seeds"], "backend": "none"},
                {"type": "metrics", "step": 4, "valid/error": 0.5},
                {"type": "finished", "step": 4},
            ],
        )

    def test_by_hand_are_printed(self):
        self.assertEqual(Run("tanren.report(4, {'a': 1})", by_hand=True).out.strip(), "type=metrics step=4 a=1.0")

    def test_keep_what_is_not_finite(self):
        run = Run("tanren.report(1, {'train/loss': float('nan'), 'x': float('-inf')})")
        self.assertTrue(math.isnan(run.events[0]["train/loss"]))
        self.assertEqual(run.events[0]["x"], -math.inf)

    def test_come_from_the_first_host_only(self):
        script = "tanren.report(1, {'a': 1}); tanren.save(1, lambda path: open(path, 'w').close())"
        run = Run(script, host={"index": 1, "count": 2, "coordinator": "127.0.0.1:1"})
        self.assertEqual((run.code, run.lines, run.files), (0, [], []))


class Checkpoints(unittest.TestCase):
    script = """
for step, value in [(1, 0.5), (2, 0.1), (3, 0.3), (4, float('nan'))]:
    tanren.save(step, lambda path: open(path, 'w').close(), value, suffix='.x')
"""

    def test_the_best_and_the_last_stay(self):
        self.assertEqual(Run(self.script).files, ["step-00000002.x", "step-00000004.x"])
        more = Run(self.script, metric={"name": "valid/accuracy", "goal": "maximize"}, keepCheckpoints=2)
        self.assertEqual(more.files, ["step-00000001.x", "step-00000003.x", "step-00000004.x"])

    def test_are_announced_when_whole(self):
        run = Run("tanren.save(3, lambda path: open(path, 'w').write('half') and 1 / 0)")
        self.assertNotEqual(run.code, 0)
        self.assertEqual(run.lines, [])


class Steps(unittest.TestCase):
    due = "print([step for step in range(1, 11) if tanren.trial().due(step)])"
    rates = "print(*[round(tanren.trial().rate(step), 3) for step in range(10)])"

    def test_are_evaluated_regularly_and_at_the_end(self):
        self.assertEqual(Run(self.due).out.strip(), "[4, 8, 10]")
        self.assertEqual(Run(self.due, evaluateEveryStepUntil=2).out.strip(), "[1, 2, 4, 8, 10]")

    def test_follow_the_schedule_that_is_asked_for(self):
        for changes, rates in [
            ({}, "1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0"),
            ({"schedule": {"type": "linear", "endFactor": 0}}, "1.0 0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.2 0.1"),
            ({"schedule": {"type": "linear", "decayStart": 5, "endFactor": 0.5}}, "1.0 1.0 1.0 1.0 1.0 1.0 0.9 0.8 0.7 0.6"),
            ({"schedule": {"type": "cosine"}}, "1.0 0.976 0.905 0.794 0.655 0.5 0.345 0.206 0.095 0.024"),
            ({"warmupSteps": 4}, "0.25 0.5 0.75 1.0 1.0 1.0 1.0 1.0 1.0 1.0"),
            ({"warmupSteps": 5, "schedule": {"type": "linear", "endFactor": 0}}, "0.2 0.4 0.6 0.8 1.0 1.0 0.8 0.6 0.4 0.2"),
        ]:
            self.assertEqual(Run(self.rates, **changes).out.strip(), rates, changes)


class Stopping(unittest.TestCase):
    script = """
import time
tanren.started('sigterm')
print('ready', flush=True)
for _ in range(400):
    time.sleep(0.05)
    if tanren.should_stop():
        print('leaving')
        raise SystemExit(143)
"""

    def test_is_asked_by_sigterm(self):
        run = Run(self.script, signal_after=signal.SIGTERM)
        self.assertEqual((run.code, run.out.strip()), (143, "leaving"))


class Copies(unittest.TestCase):
    def test_in_the_examples_are_equal(self):
        copies = sorted((HERE / "../../../examples").glob("*/tanren.py"))
        self.assertGreaterEqual(len(copies), 1)
        for copy in copies:
            self.assertEqual(copy.read_text(), (HERE / "tanren.py").read_text(), f"{copy}: copy tanren.py again")


if __name__ == "__main__":
    unittest.main()
