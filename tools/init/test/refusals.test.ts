import { describe, expect, test } from "vitest"
import type { Look } from "../src/look.ts"
import type { Shown } from "../src/observe.ts"
import type { Script } from "../src/read-options.ts"
import { noOptions, noProposal, noRun, whichSubcommand } from "../src/refusals.ts"
import type { InitRequest } from "../src/request.ts"
import { option } from "./option.ts"

const request: InitRequest = {
  script: "train.py",
  directory: ".",
  python: "python3",
  extra: [],
  env: [],
  metric: undefined,
  goal: undefined,
  steps: undefined,
  yaml: false,
  force: false,
  seconds: 120,
}
const script: Script = {
  kind: null,
  config: null,
  commands: [],
  options: [],
  imports: [],
  environment: [],
  readsArguments: false,
  takesParams: false,
  takesLength: false,
  honours: [],
  reported: [],
  steps: { most: null, every: null },
}
const look: Look = { curve: [], printed: [], killed: false, code: 1, lastLines: "" }
const nothing: Shown = { curve: [], fromStdout: undefined, onError: [] }

describe("options that cannot be read: why, and the way out", () => {
  test.each([
    [{ readsArguments: true }, "takes sys.argv apart itself"],
    [{ imports: ["docopt"], readsArguments: true }, "docopt is not read"],
    [{ kind: "argparse" }, "imports argparse, but neither it nor a module beside it"],
  ] as const)("%j", (more, said) => {
    const refusal = noOptions(request, { ...script, ...more })
    expect(refusal).toContain(said)
    expect(refusal).toContain('command: [python3, train.py, "{lr}"]')
  })
  test("values in its text are taken by tanren.params", () => {
    expect(noOptions(request, script)).toContain("it takes no options, what it trains with stands in its text")
    expect(noOptions(request, script)).toContain('tanren.params({"lr": 0.1})')
  })
  test("nothing is said where options were found", () => {
    expect(noOptions(request, { ...script, kind: "click", options: [option("lr", 0.1)] })).toBeUndefined()
  })
})

test("of several commands that may train, a person chooses", () => {
  const commands = [["model"], ["model", "fit"], ["tune"]]
  expect(whichSubcommand(request, { ...script, commands })).toBe(
    "train.py: which of its commands trains (model fit, tune)? tanren init train.py -- model fit",
  )
})

test("what must be given is asked for beside what was given", () => {
  const proposal = {
    hyperparameters: [],
    baseline: {},
    defaults: {},
    args: [],
    steps: { most: null, every: null, unit: "step" as const },
    shortenable: false,
    left: ["batch_size"],
    notes: [],
    missing: [],
  }
  expect(noProposal({ ...request, extra: ["train"] }, script, { ...proposal, missing: ["--data", "out"] }, [])).toBe(
    "train.py: --data, out must be given: tanren init train.py -- train --data VALUE OUT",
  )
  expect(noProposal(request, script, proposal, [])).toContain("could vary (it has batch_size); give options defaults")
  const config = noProposal(request, script, { ...proposal, left: ["config"] }, [])
  expect(config).toContain("what stands in a configuration file is taken by tanren.params(config)")
})

describe("a first run that shows nothing", () => {
  test.each([
    ["ModuleNotFoundError: No module named 'torch'", "--python .venv/bin/python"],
    [
      "ValueError: no data",
      "make it run by hand first, in the folder where init is called; of your environment it gets",
    ],
    [
      "ValueError: no data",
      "(a variable more: tanren init train.py --env NAME; arguments: tanren init train.py -- ARGUMENTS)",
    ],
  ])("%s", (lastLines, wayOut) => {
    expect(noRun(request, script, { ...look, lastLines }, nothing)).toContain(`${lastLines}; `)
    expect(noRun(request, script, { ...look, lastLines }, nothing)).toContain(wayOut)
  })
  test("a variable that it misses is named", () => {
    const lost = { ...look, lastLines: "KeyError: 'TANREN_TEST_UNSET'" }
    const read = { ...script, environment: ["HOME", "TANREN_TEST_UNSET"] }
    expect(noRun(request, read, lost, nothing)).toContain("; TANREN_TEST_UNSET is not set: set it, and it is handed on")
  })
  test("on standard error alone: its own names in the way out", () => {
    const said = noRun(request, script, { ...look, code: 0 }, { ...nothing, onError: ["train/loss", "valid/accuracy"] })
    expect(said).toContain("writes train/loss, valid/accuracy on standard error")
    expect(said).toContain('tanren.report(step, {"valid/accuracy": …})')
  })
})
