"""The example programs with a torn checkpoint, each with its framework's own files; what is absent is named as not tested."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from test_tanren import HERE, TRIAL


def run(name, folder, **changes):
    """Events and curve of one attempt at a trial of 12 steps, evaluated at each fourth."""
    checkpoints = Path(folder, "checkpoints")
    checkpoints.mkdir(parents=True)
    changed = {"hyperparameters": {}, "maxTrainSteps": 12, "keepCheckpoints": 9, "checkpointDir": str(checkpoints), **changes}
    Path(folder, "trial.json").write_text(json.dumps({**TRIAL, **changed}))
    events = Path(folder, "events.jsonl")
    told = {"TANREN_TRIAL": str(Path(folder, "trial.json")), "TANREN_EVENTS": str(events), "JAX_PLATFORMS": "cpu"}
    program = HERE / "../../../examples" / name / "train.py"
    ended = subprocess.run(
        [sys.executable, program], env={**os.environ, **told}, capture_output=True, text=True, timeout=240
    )
    lines = events.read_text().splitlines() if events.exists() else []
    said = [json.loads(line) for line in lines]
    return ended, said, {e["step"]: e["valid/loss"] for e in said if e["type"] == "metrics"}


class Torn(unittest.TestCase):
    def check(self, name, module):
        if not importlib.util.find_spec(module):
            self.skipTest(f"NOT TESTED: examples/{name}: {module} is not installed (npm run test:python -- --torch)")
        with tempfile.TemporaryDirectory() as root:
            ended, said, curve = run(name, Path(root, "1"))
            self.assertEqual(ended.returncode, 0, ended.stderr)
            paths = [event["path"] for event in said if event["type"] == "checkpoint"][::-1]
            self.assertEqual(sorted(curve), [4, 8, 12])
            os.truncate(paths[0], os.path.getsize(paths[0]) // 2)

            ended, said, again = run(name, Path(root, "2"), resumeFrom=paths[0], earlierCheckpoints=paths[1:])
            self.assertEqual(ended.returncode, 0, ended.stderr)
            self.assertEqual([event["type"] for event in said[:2]], ["started", "warning"])
            self.assertEqual((said[0]["resumedFrom"], said[-1]), (8, {"type": "finished", "step": 12}))
            self.assertEqual(again, {12: curve[12]})

            ended, said, _ = run(name, Path(root, "3"), task="evaluate", resumeFrom=paths[0], earlierCheckpoints=paths[1:])
            self.assertEqual((ended.returncode, said), (2, []), ended.stderr)

    def test_numpy(self):
        self.check("numpy", "numpy")

    def test_pytorch(self):
        self.check("pytorch", "torch")

    def test_jax(self):
        self.check("jax", "jax")


if __name__ == "__main__":
    unittest.main()
