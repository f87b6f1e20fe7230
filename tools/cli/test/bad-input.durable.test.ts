import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { campaignFolder, shortCampaign, tanren, writeCampaign } from "./campaign-run.ts"

const DIGITS = fileURLToPath(new URL("../../../examples/digits/digits.csv", import.meta.url))
const range = (low: number, high: number, scale = "linear") => ({
  name: "learning_rate",
  type: "float",
  low,
  high,
  scale,
})
const space = (first: object) => ({ hyperparameters: [first, ...shortCampaign().hyperparameters.slice(1)] })
const goal = (changes: object) => ({ goals: [{ ...shortCampaign().goals[0], ...changes }] })

/** What was wrong, and what the one line must name: the field, and what would be right. */
const cases: ReadonlyArray<readonly [what: string, changes: Record<string, unknown>, named: ReadonlyArray<RegExp>]> = [
  ["low above high", space(range(0.9, 0.1)), [/hyperparameters\[0\]/, /below|above/]],
  ["a log scale that reaches 0", space(range(0, 0.9, "log")), [/hyperparameters\[0\]\.low/, /more than 0/]],
  ["a role for an unknown name", goal({ scientific: ["dropout"] }), [/goals\[0\]\.scientific/, /dropout/]],
  [
    "one name in two roles",
    goal({ scientific: ["regularise"], nuisance: ["regularise"] }),
    [/goals\[0\]/, /regularise/, /role/],
  ],
  [
    "a baseline outside the space",
    { baseline: { learning_rate: 5, momentum: 0.1, regularise: false } },
    [/baseline\.learning_rate/, /5/],
  ],
  ["an incomplete baseline", { baseline: { learning_rate: 0.1, regularise: false } }, [/baseline\.momentum/]],
  ["a budget of 0 trials", goal({ trials: 0 }), [/goals\[0\]\.trials/, /0/]],
  [
    "a program that does not exist",
    { trainer: { type: "program", command: ["no-such-program"] } },
    [/trainer\.command\[0\]/, /no-such-program/],
  ],
  [
    "a script that does not exist",
    { trainer: { type: "program", command: [process.execPath, "absent.mjs"] } },
    [/trainer\.command/, /absent\.mjs/],
  ],
]

const refused = async (folder: string, file: string): Promise<string> => {
  const run = tanren(folder, ["run", file])
  expect(await run.ended, run.output()).toBe(2)
  expect(run.output()).not.toMatch(/^\s+at /m)
  expect(existsSync(join(folder, ".tanren")), "nothing may have been started").toBe(false)
  return run.output().trim()
}

describe("bad input: one clear line, exit code 2, nothing started", () => {
  test.each(cases)("%s", async (_what, changes, named) => {
    const folder = campaignFolder()
    const said = await refused(folder, writeCampaign(folder, shortCampaign(changes)))
    expect(said.split("\n"), said).toHaveLength(1)
    for (const pattern of named) expect(said).toMatch(pattern)
  })

  test("an unreadable campaign file", async () => {
    const folder = campaignFolder()
    const file = join(folder, "campaign.json")
    writeFileSync(file, '{ "name": "digits", ')
    expect(await refused(folder, file)).toMatch(/campaign\.json: cannot be read: .*JSON/)
  })

  test("a campaign in TypeScript: the line of a syntax error; a file that exports none", async () => {
    const folder = campaignFolder()
    const file = join(folder, "campaign.ts")
    writeFileSync(file, "export default {\n  name: 'a'\n  seed: 1,\n}\n")
    expect(await refused(folder, file)).toMatch(/cannot be read: line 3 \(seed: 1,\): /)
    writeFileSync(file, "export const campaign = 1\n")
    expect(await refused(folder, file)).toMatch(/exports no campaign; write `export default/)
  })

  test("a data file that is cut short", async () => {
    const folder = campaignFolder()
    copyFileSync(DIGITS, join(folder, "digits.csv"))
    const whole = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"
    const { trainer } = shortCampaign()
    const file = writeCampaign(
      folder,
      shortCampaign({ trainer: { ...trainer, data: [{ path: "digits.csv", sha256: whole }] } }),
    )
    const text = readFileSync(join(folder, "digits.csv"))
    writeFileSync(join(folder, "digits.csv"), text.subarray(0, 100_000))
    expect(await refused(folder, file)).toMatch(/trainer\.data\[0\]: digits\.csv has 100000 bytes .* truncated/)
  })

  test("several errors of one file come at once, each with its field", async () => {
    const folder = campaignFolder()
    const wrong = shortCampaign({ ...space(range(0.9, 0.1)), ...goal({ trials: 0 }), maxTrainSteps: -1 })
    const said = await refused(folder, writeCampaign(folder, wrong))
    for (const field of ["hyperparameters[0]", "goals[0].trials", "maxTrainSteps"]) expect(said).toContain(field)
  })
})
