import { expect, test } from "vitest"
import { tellingLine } from "../src/telling-line.ts"

test.each([
  ["Traceback (most recent call last):\n  File …\nValueError: no data", "ValueError: no data"],
  [
    "Usage: train.py\n╭─ Error ────╮\n│ Invalid value for '--lr': 'x' is not a valid float. │\n╰────────────╯",
    "Invalid value for '--lr': 'x' is not a valid float.",
  ],
  [
    "Error merging override optim.lr\nSet the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.",
    "Error merging override optim.lr",
  ],
  [
    "FATAL Flags parsing error: flag --learning_rate=x: could not convert\nPass --helpshort or --helpfull to see help on flags.",
    "FATAL Flags parsing error: flag --learning_rate=x: could not convert",
  ],
  ["one\nall is done\n", "all is done"],
  ["", undefined],
  [undefined, undefined],
])("%j: %s", (lines, line) => {
  expect(tellingLine(lines)).toBe(line)
})
