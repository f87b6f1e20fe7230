"""Two processes on loopback, with JAX's own distributed runtime, against one process with the same global batch."""

import importlib.util
import json
import math
import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
STEPS = 60


def start(folder, host, **changes):
    checkpoints = Path(folder, "checkpoints")
    checkpoints.mkdir(parents=True)
    trial = {
        "version": 1, "task": "train", "trial": "hosts/0",
        "hyperparameters": {"learning_rate": 0.1, "momentum": 0.9, "width": 16, "dropout_rate": 0.1},
        "maxTrainSteps": STEPS, "evalEverySteps": 10, "stepUnit": "step",
        "seeds": {"init": 1, "data": 2, "dropout": 3}, "checkpointDir": str(checkpoints), "resumeFrom": None,
        "split": "valid", "limits": {}, "keepCheckpoints": 1,
        "metric": {"name": "valid/error", "goal": "minimize"}, "host": host, **changes,
    }
    Path(folder, "trial.json").write_text(json.dumps(trial))
    told = {"TANREN_TRIAL": str(Path(folder, "trial.json")), "TANREN_EVENTS": str(Path(folder, "events.jsonl"))}
    environment = {**os.environ, **told, "JAX_PLATFORMS": "cpu", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, HERE / "train.py"], env=environment, stderr=subprocess.PIPE, text=True)


def curve(folder):
    lines = Path(folder, "events.jsonl").read_text().splitlines()
    return {e["step"]: e for e in map(json.loads, lines) if e["type"] == "metrics"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@unittest.skipUnless(importlib.util.find_spec("jax"), "NOT TESTED: jax is not installed (npm run test:python brings it)")
class Hosts(unittest.TestCase):
    def run_to_end(self, processes):
        for process in processes:
            _, error = process.communicate(timeout=240)
            self.assertEqual(process.returncode, 0, error)

    def run_hosts(self, root, count, **changes):
        """One curve; `changes` reach every host."""
        address = f"127.0.0.1:{free_port()}"
        folders = [Path(root, f"{count}-{len(os.listdir(root))}", str(index)) for index in range(count)]
        hosts = [{"index": i, "count": count, "coordinator": address} for i in range(count)]
        self.run_to_end([start(folder, host, **changes) for folder, host in zip(folders, hosts)])
        for folder in folders[1:]:
            self.assertFalse(Path(folder, "events.jsonl").exists(), "only the first host logs")
            self.assertEqual(os.listdir(Path(folder, "checkpoints")), [], "only the first host checkpoints")
        self.assertGreater(len(os.listdir(Path(folders[0], "checkpoints"))), 0)
        return curve(folders[0]), folders[0]

    def assert_close(self, curve, reference):
        self.assertEqual(sorted(curve), sorted(reference))
        worst = 0.0
        for step, wanted in reference.items():
            for name in ("train/loss", "valid/loss", "grad_norm"):
                worst = max(worst, abs(curve[step][name] - wanted[name]) / abs(wanted[name]))
                self.assertTrue(math.isclose(curve[step][name], wanted[name], rel_tol=1e-5), (step, name))
        print(f"largest relative difference {worst:.1e}", end=" ", flush=True)

    def test_two_agree_with_one(self):
        with tempfile.TemporaryDirectory() as root:
            one, _ = self.run_hosts(root, 1)
            two, folder = self.run_hosts(root, 2)
            self.assertEqual(sorted(one), list(range(10, STEPS + 1, 10)))
            self.assert_close(two, one)
            # The test has teeth: another order of the data gives another curve.
            other, _ = self.run_hosts(root, 1, seeds={"init": 1, "data": 4, "dropout": 3})
            self.assertFalse(math.isclose(other[STEPS]["train/loss"], one[STEPS]["train/loss"], rel_tol=1e-2))
            last = sorted(Path(folder, "checkpoints").iterdir())[-1]
            self.assertEqual(last.name, f"step-{STEPS:08d}.npz")


if __name__ == "__main__":
    unittest.main()
