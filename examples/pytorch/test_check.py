"""Trains for a few steps by hand; what it declares is checked by `tanren trainer check` (tools/conformance)."""

import importlib.util
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


@unittest.skipUnless(importlib.util.find_spec("torch"), "NOT TESTED: torch is not installed (npm run test:python -- --torch)")
class ByHand(unittest.TestCase):
    def test_trains_and_prints(self):
        run = subprocess.run([sys.executable, HERE / "train.py"], capture_output=True, text=True, timeout=300)
        self.assertEqual(run.returncode, 0, run.stderr)
        last = run.stdout.strip().splitlines()[-2]
        error = float(last.split("valid/error=")[1].split()[0])
        self.assertLess(error, 0.2, last)


if __name__ == "__main__":
    unittest.main()
