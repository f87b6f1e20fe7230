"""Tests of tanren.py, by the standard library alone: python3 -m unittest discover libs/contract/python"""

import argparse
import dataclasses
import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import tanren

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


class Promises(unittest.TestCase):
    """The schemas of both files are the one description of the contract: tanren.py follows them."""

    REFERENCE = HERE.parents[2] / "docs" / "reference"
    #: Told under another name, or taken apart.
    TOLD_AS = {"trial": ("id",), "metric": ("metric", "minimize")}
    #: Of no use to a program that counts steps as Tanren does and is watched from outside.
    LEFT_OUT = {"version", "stepUnit", "limits"}
    #: Python programs have no function for these yet.
    WITHOUT_FUNCTION = {"predictions", "exported"}
    FUNCTION = {"metrics": "report"}

    def schema(self, name):
        return json.loads((self.REFERENCE / name).read_text())

    def test_every_field_of_a_trial_file_is_told(self):
        fields = self.schema("trial-file.schema.json")["properties"].keys() - self.LEFT_OUT
        snake = {name: (re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name),) for name in fields}
        wanted = {name for told in {**snake, **self.TOLD_AS}.values() for name in told}
        self.assertEqual(wanted, {field.name for field in dataclasses.fields(tanren.Trial)})

    def test_only_what_the_schema_requires_has_to_be_there(self):
        schema = self.schema("trial-file.schema.json")
        self.assertEqual(set(schema["required"]), TRIAL.keys() | {"checkpointDir"})
        run = Run("print(tanren.trial().schedule, tanren.trial().warmup_steps, tanren.trial().export_dir)")
        self.assertEqual((run.code, run.out.strip()), (0, "None 0 None"), run.err)

    def test_every_kind_of_event_has_a_function(self):
        kinds = {line["properties"]["type"]["enum"][0] for line in self.schema("event-line.schema.json")["anyOf"]}
        functions = {self.FUNCTION.get(kind, kind) for kind in kinds - self.WITHOUT_FUNCTION}
        self.assertEqual(set(), {name for name in functions if not callable(getattr(tanren, name, None))})


class Params(unittest.TestCase):
    namespace = "import argparse; print(vars(tanren.params(argparse.Namespace(learning_rate=1.0, width=2, use_dropout=False))))"

    def test_replace_defaults(self):
        self.assertEqual(Run(self.namespace).out.strip(), "{'learning_rate': 0.5, 'width': 8, 'use_dropout': True}")

    def test_by_hand_stay_as_they_are(self):
        self.assertEqual(Run(self.namespace, by_hand=True).out.strip(), "{'learning_rate': 1.0, 'width': 2, 'use_dropout': False}")

    def test_of_the_wrong_kind_are_refused(self):
        for name, value in [("learning_rate", "high"), ("width", "wide"), ("width", True), ("use_dropout", 1)]:
            run = Run(self.namespace, hyperparameters={name: value})
            self.assertEqual((run.code, run.err.count("\n")), (2, 1), run.err)
            self.assertIn(name, run.err)

    def test_replace_a_whole_default_of_an_option_that_takes_any_number(self):
        script = (
            "import argparse; parser = argparse.ArgumentParser(); "
            "parser.add_argument('--dropout', type=float, default=0); parser.add_argument('--width', type=int, default=2); "
            "print(vars(tanren.params(parser.parse_args([]))))"
        )
        run = Run(script, hyperparameters={"dropout": 0.3, "width": 8.0})
        self.assertEqual(run.out.strip(), "{'dropout': 0.3, 'width': 8}", run.err)

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

    def test_tell_of_divergence_by_the_metric_and_the_training_loss_alone(self):
        for metrics, said in [
            ({"valid/error": 0.5, "valid/pearson": math.nan}, False),
            ({"valid/error": math.inf}, True),
            ({"train/loss": math.nan, "valid/error": 0.5}, True),
            ({}, False),
        ]:
            run = Run(f"from math import inf, nan; print(tanren.diverged({metrics}))")
            self.assertEqual(run.out.strip(), str(said), run.err)

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

    def test_of_the_step_that_is_asked_for_stays(self):
        kept = Run(self.script, keepCheckpointAt=1)
        self.assertEqual(kept.files, ["step-00000001.x", "step-00000002.x", "step-00000004.x"], kept.err)
        self.assertEqual(Run(self.script, keepCheckpointAt=2).files, ["step-00000002.x", "step-00000004.x"])

    def test_may_be_folders(self):
        folders = self.script.replace("open(path, 'w').close()", "(os.mkdir(path), open(path + '/weights', 'w').close())")
        run = Run("import os" + folders)
        self.assertEqual((run.code, run.files), (0, ["step-00000002.x", "step-00000004.x"]), run.err)

    def test_of_one_step_replace_each_other(self):
        for write in ["open(path, 'w').write(text)", "(os.mkdir(path), open(path + '/weights', 'w').write(text))"]:
            script = f"""
import os
for text in ["first", "second"]:
    tanren.save(1, lambda path: {write})
saved = os.path.join(tanren.trial().checkpoint_dir, "step-00000001")
print(open(os.path.join(saved, "weights") if os.path.isdir(saved) else saved).read())
"""
            run = Run(script)
            self.assertEqual((run.out.strip(), run.files), ("second", ["step-00000001"]), run.err)

    @unittest.skipUnless(os.path.exists("/proc/self/fd"), "NOT TESTED: no /proc")
    def test_are_on_the_disk_before_they_have_their_name_and_before_they_are_announced(self):
        script = """
import os
order = []
def noted(name, inner, of):
    def call(*args):
        order.append((name, os.path.basename(of(*args))))
        return inner(*args)
    return call
tanren.os.fsync = noted("fsync", os.fsync, lambda fd: os.readlink(f"/proc/self/fd/{fd}"))
tanren.os.replace = noted("replace", os.replace, lambda old, new: new)
tanren._say = noted("say", tanren._say, lambda event: event["path"])
tanren.save(3, lambda path: open(path, "w").close())
print(order)
"""
        wanted = [
            *[("fsync", "unfinished-00000003"), ("fsync", "checkpoints"), ("replace", "step-00000003")],
            *[("fsync", "step-00000003"), ("fsync", "checkpoints"), ("say", "step-00000003")],
        ]
        run = Run(script)
        self.assertEqual(run.out.strip(), str(wanted), run.err)

    @unittest.skipUnless(os.path.exists("/proc/self/fd"), "NOT TESTED: no /proc")
    def test_in_folders_are_flushed_with_all_files(self):
        script = """
import os
folder = os.path.join(tanren.trial().checkpoint_dir, "whole")
os.mkdir(folder)
open(os.path.join(folder, "weights"), "w").close()
flushed, fsync = [], os.fsync
tanren.os.fsync = lambda fd: (flushed.append(os.path.basename(os.readlink(f"/proc/self/fd/{fd}"))), fsync(fd))
tanren.checkpoint(1, folder)
print(flushed)
"""
        run = Run(script)
        self.assertEqual(run.out.strip(), str(["weights", "whole", "checkpoints"]), run.err)

    def test_are_announced_when_whole(self):
        run = Run("tanren.save(3, lambda path: open(path, 'w').write('half') and 1 / 0)")
        self.assertNotEqual(run.code, 0)
        self.assertEqual(run.lines, [])


class Restoring(unittest.TestCase):
    """Checkpoints are JSON files here; a torn one is cut in the middle."""

    script = """
import json
def load(path):
    with open(path) as file:
        saved = json.load(file)
    return saved["step"], saved["weight"]
step, weight = tanren.restore(load)
tanren.started("resume")
print(step, weight)
"""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def paths(self, torn):
        """Checkpoints of steps 30, 20, 10, newest first, those of `torn` cut."""
        paths = []
        for step in (30, 20, 10):
            path = Path(self.folder.name, f"step-{step}")
            whole = json.dumps({"step": step, "weight": step / 10})
            path.write_text(whole[:9] if step in torn else whole)
            paths.append(str(path))
        return paths

    def run_with(self, torn, **more):
        newest, *earlier = self.paths(torn)
        return Run(self.script, resumeFrom=newest, earlierCheckpoints=earlier, **more)

    def test_takes_the_newest_whole_checkpoint_and_says_which(self):
        for torn, step, out in [([], 30, "30 3.0"), ([30], 20, "20 2.0"), ([30, 20], 10, "10 1.0"), ([30, 20, 10], 0, "0 None")]:
            run = self.run_with(torn)
            self.assertEqual(run.out.strip(), out, run.err)
            self.assertEqual(run.events[0], {"type": "started", "honours": ["resume"], "resumedFrom": step})
            self.assertEqual([event["type"] for event in run.events[1:]], ["warning"] * len(torn))
            for event, damaged in zip(run.events[1:], torn):
                self.assertIn(f"step-{damaged}: JSONDecodeError", event["message"])
                self.assertIn(f"going on from step {step}" if step else "beginning anew", event["message"])

    def test_begins_where_there_is_no_checkpoint(self):
        for run in [Run(self.script), Run(self.script, by_hand=True)]:
            self.assertEqual((run.code, run.out.strip().splitlines()[-1]), (0, "0 None"), run.err)
        self.assertNotIn("resumedFrom", Run(self.script).events[0])

    def test_evaluates_no_other_checkpoint(self):
        self.assertEqual(self.run_with([], task="evaluate").out.strip(), "30 3.0")
        for run in [self.run_with([30], task="evaluate"), Run(self.script, task="evaluate")]:
            self.assertEqual((run.code, run.lines, run.err.count("\n")), (2, [], 1), run.err)

    def test_takes_no_lack_of_memory_for_damage(self):
        newest, *earlier = self.paths([])
        full = self.script.replace("saved = json.load(file)", "raise MemoryError('full')")
        run = Run(full, resumeFrom=newest, earlierCheckpoints=earlier)
        self.assertEqual((run.code, run.lines), (1, []))
        self.assertIn("MemoryError: full", run.err)

    def test_comes_before_started(self):
        run = Run("tanren.started(); tanren.restore(lambda path: (1, path))")
        self.assertIn("tanren.restore comes before tanren.started", run.err)


class Steps(unittest.TestCase):
    due = "print([step for step in range(1, 11) if tanren.trial().due(step)])"
    rates = "print(*[round(tanren.trial().rate(step), 3) for step in range(10)])"

    def test_are_evaluated_regularly_and_at_the_end(self):
        self.assertEqual(Run(self.due).out.strip(), "[4, 8, 10]")
        self.assertEqual(Run(self.due, evaluateEveryStepUntil=2).out.strip(), "[1, 2, 4, 8, 10]")

    def test_are_clipped_to_a_float(self):
        for changes, norm in [({}, "None"), ({"clipNorm": 10**12}, "1000000000000.0")]:
            self.assertEqual(Run("print(tanren.trial().clip_norm)", **changes).out.strip(), norm)

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
