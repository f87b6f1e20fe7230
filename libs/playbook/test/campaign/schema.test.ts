import { readFileSync } from "node:fs"
import { formatIssue } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { campaignJsonSchema, decodeCampaign, decodeGoal } from "../../src/campaign/schema/index.ts"
import { digits, optimizers } from "../campaigns.ts"

type Change = Readonly<Record<string, unknown>>

const issuesOf = (input: unknown) => {
  const decoded = decodeCampaign(input)
  return decoded.ok ? [] : decoded.issues
}
const withGoal = (change: Change) => ({ ...digits, goals: [{ ...digits.goals[0], ...change }] })
const withBaseline = (change: Change) => ({ ...digits, baseline: { ...digits.baseline, ...change } })
const without = (file: Change, field: string): Change =>
  Object.fromEntries(Object.entries(file).filter(([key]) => key !== field))
const withHyperparameter = (index: number, change: Change) => ({
  ...digits,
  hyperparameters: digits.hyperparameters.map((one, at) => (at === index ? { ...one, ...change } : one)),
})
const batch = {
  ...digits,
  hyperparameters: [...digits.hyperparameters, { name: "batch_size", type: "discrete", values: [32, 64, 128] }],
  baseline: { ...digits.baseline, batch_size: 64 },
}
const steps = {
  ...digits,
  hyperparameters: [...digits.hyperparameters, { name: "max_train_steps", type: "int", low: 100, high: 1000 }],
  baseline: { ...digits.baseline, max_train_steps: 500 },
}

describe("a campaign file", () => {
  test("is filled in with what it leaves out", () => {
    const decoded = decodeCampaign(digits)
    if (!decoded.ok) throw new Error(decoded.issues.map(formatIssue).join("\n"))
    expect(decoded.spec).toMatchObject({
      version: 1,
      seed: 0,
      stepUnit: "step",
      trainer: { env: [], data: [], resources: "cpu" },
      policy: {
        refine: "auto",
        launch: { ask: false, withinMs: 86_400_000, then: "keep" },
        parallel: 2,
        continueAsNewAfter: 500,
      },
      limits: { wallSeconds: 86_400, silenceSeconds: 3_600, tries: 3, graceSeconds: 10, keepCheckpoints: 2 },
    })
    expect(decoded.spec.goals[0]).toMatchObject({
      direction: "explore",
      repeats: 5,
      algorithm: "halton",
      studies: "auto",
    })
    expect(decoded.notes).toEqual([
      "goal 1: no role given for learning_rate, momentum, weight_decay, dropout_rate: nuisance",
    ])
  })

  test("decodes to a spec that decodes to itself", () => {
    const once = decodeCampaign({ ...digits, policy: { launch: { ask: true, within: "90s" } } })
    expect(once.ok && once.spec.policy.launch.withinMs).toBe(90_000)
    const twice = decodeCampaign(once.ok ? JSON.parse(JSON.stringify(once.spec)) : undefined)
    expect(twice.ok && twice.spec).toEqual(once.ok && once.spec)
  })

  test("may say what guessing scores and what a change has to gain", () => {
    const leastGain = { value: 0.01, reason: "twice the memory" }
    const decoded = decodeCampaign({ ...withGoal({ leastGain }), metric: { ...digits.metric, chance: 0.9 } })
    if (!decoded.ok) throw new Error(decoded.issues.map(formatIssue).join("\n"))
    expect(decoded.spec.metric).toEqual({ name: "valid/error", goal: "minimize", chance: 0.9 })
    expect(decoded.spec.goals[0]).toMatchObject({ leastGain })
    expect(decodeCampaign(JSON.parse(JSON.stringify(decoded.spec)))).toMatchObject({ ok: true, spec: decoded.spec })
  })

  test.each([
    ["24h", 86_400_000],
    ["90s", 90_000],
    ["1.5m", 90_000],
    ["7d", 604_800_000],
    [250, 250],
  ])("takes %s as a time", (within, wanted) => {
    const decoded = decodeCampaign({ ...digits, policy: { launch: { within } } })
    expect(decoded.ok && decoded.spec.policy.launch.withinMs).toBe(wanted)
  })

  test("may give hyperparameters by name, variants as a list, conditions without brackets", () => {
    const listed = decodeCampaign(optimizers(40))
    const [optimizer, nesterov, adam, momentum, ...rest] = optimizers(40).hyperparameters.map((one) => {
      const { name: _, ...nameless } = one
      return nameless
    })
    const byName = {
      optimizer,
      learning_rate: [
        { ...nesterov, when: { optimizer: "nesterov" } },
        { ...adam, when: { optimizer: "adam" } },
      ],
      momentum,
      beta1: rest[0],
      beta2: rest[1],
      epsilon: rest[2],
    }
    const named = decodeCampaign({ ...optimizers(40), hyperparameters: byName })
    expect(named.ok && named.spec).toEqual(listed.ok && listed.spec)
  })

  test("has its issues named as the file has them, in the form by name too", () => {
    const hyperparameters = { learning_rate: [{ type: "float", low: 0, high: 1, scale: "log" }] }
    const issues = issuesOf({ ...digits, hyperparameters, baseline: { learning_rate: 0.1 } })
    expect(issues.map(({ path }) => path)).toContain("hyperparameters.learning_rate[0].low")
  })

  test("shows all errors at once", () => {
    const paths = issuesOf({
      ...withHyperparameter(0, { low: 3, high: 1 }),
      name: "no good",
      sead: 1,
      evalEverySteps: 1000,
      policy: { launch: { within: "soon" } },
      goals: [
        { question: "", trials: 0 },
        { question: "Which?", scientific: ["lr"], fixed: ["lr"], trials: 8 },
      ],
    }).map(({ path }) => path)
    for (const path of [
      "name",
      "sead",
      "evalEverySteps",
      "policy.launch.within",
      "hyperparameters[0].low",
      "goals[0].question",
      "goals[0].trials",
      "goals[1].scientific[0]",
      "goals[1].fixed[0]",
    ]) {
      expect(paths).toContain(path)
    }
  })
})

/** Each: what is wrong, the file, the path, and a word of what is said about it. */
const wrong: ReadonlyArray<readonly [string, unknown, string, RegExp]> = [
  ["no object", [], "", /not a campaign/],
  ["nothing", undefined, "", /not a campaign/],
  ["no name", without(digits, "name"), "name", /is missing/],
  ["a name that is no folder", { ...digits, name: "../digits" }, "name", /folder/],
  ["a newer version", { ...digits, version: 2 }, "version", /1/],
  ["a seed with a fraction", { ...digits, seed: 0.5 }, "seed", /whole number/],
  ["an unknown field", { ...digits, metrics: 1 }, "metrics", /metric/],
  ["an unknown trainer", { ...digits, trainer: { type: "torch" } }, "trainer", /program/],
  [
    "an empty command",
    { ...digits, trainer: { type: "program", command: [] } },
    "trainer.command",
    /at least a program/,
  ],
  [
    "a command as a line",
    { ...digits, trainer: { type: "program", command: "python3 train.py" } },
    "trainer.command",
    /list/,
  ],
  ["a metric as a name", { ...digits, metric: "valid/error" }, "metric", /object/],
  ["a metric to be lowered", { ...digits, metric: { name: "loss", goal: "lower" } }, "metric.goal", /minimize/],
  ["no steps", { ...digits, maxTrainSteps: 0 }, "maxTrainSteps", /at least 1/],
  ["steps as text", { ...digits, maxTrainSteps: "800" }, "maxTrainSteps", /number/],
  ["an evaluation after the end", { ...digits, evalEverySteps: 801 }, "evalEverySteps", /at most 800/],
  ["an unknown step unit", { ...digits, stepUnit: "batch" }, "stepUnit", /epoch/],
  ["an unknown schedule", { ...digits, schedule: "cosine" }, "schedule", /decays-to-end/],
  ["no hyperparameters", { ...digits, hyperparameters: [] }, "hyperparameters", /at least one/],
  ["hyperparameters as text", { ...digits, hyperparameters: "lr" }, "hyperparameters", /list/],
  ["low above high", withHyperparameter(0, { low: 4 }), "hyperparameters[0].low", /below high/],
  ["low equal to high", withHyperparameter(0, { low: 3 }), "hyperparameters[0].low", /below high/],
  ["a log scale reaching 0", withHyperparameter(0, { low: 0 }), "hyperparameters[0].low", /log scale cannot reach 0/],
  ["a reverse log scale reaching 1", withHyperparameter(1, { high: 1 }), "hyperparameters[1].high", /cannot reach 1/],
  ["a kind that there is not", withHyperparameter(3, { type: "bool" }), "hyperparameters[3].type", /boolean/],
  ["a baseline outside the space", withBaseline({ learning_rate: 5 }), "baseline.learning_rate", /outside its range/],
  ["a baseline of the wrong kind", withBaseline({ use_dropout: "no" }), "baseline.use_dropout", /true/],
  [
    "an incomplete baseline",
    { ...digits, baseline: without(digits.baseline, "width") },
    "baseline.width",
    /is missing/,
  ],
  [
    "a baseline with an inactive value",
    withBaseline({ dropout_rate: 0.5 }),
    "baseline.dropout_rate",
    /use_dropout is true/,
  ],
  ["a baseline with an unknown name", withBaseline({ lr: 0.1 }), "baseline.lr", /not a hyperparameter/],
  ["a baseline that is a list", { ...digits, baseline: [] }, "baseline", /object/],
  ["no goals", { ...digits, goals: [] }, "goals", /at least one goal/],
  ["a goal without a question", withGoal({ question: "" }), "goals[0].question", /text/],
  ["a budget of 0 trials", withGoal({ trials: 0 }), "goals[0].trials", /at least 1/],
  ["a budget without end", withGoal({ trials: 1e12 }), "goals[0].trials", /at most 100000/],
  ["a budget with a fraction", withGoal({ trials: 1.5 }), "goals[0].trials", /whole number/],
  ["fewer trials than studies", withGoal({ trials: 1 }), "goals[0].trials", /at least 2/],
  ["no re-runs", withGoal({ repeats: 0 }), "goals[0].repeats", /at least 1/],
  ["a gain of nothing to show", withGoal({ repeats: { toShow: 0 } }), "goals[0].repeats.toShow", /above 0/],
  [
    "a gain to show that the change costs",
    withGoal({ repeats: { toShow: 0.01 }, leastGain: { value: 0.01, reason: "slow" } }),
    "goals[0].repeats.toShow",
    /more than leastGain, 0\.01/,
  ],
  ["a role for an unknown name", withGoal({ scientific: ["dropout"] }), "goals[0].scientific[0]", /use_dropout/],
  ["an unknown name fixed", withGoal({ fixed: [{ depth: 3 }] }), "goals[0].fixed[0].depth", /not a hyperparameter/],
  ["one name in two roles", withGoal({ fixed: ["use_dropout"] }), "goals[0].fixed[0]", /both scientific .* and fixed/],
  [
    "one name twice in a role",
    withGoal({ fixed: ["width", { width: 64 }] }),
    "goals[0].fixed[1].width",
    /listed twice/,
  ],
  ["nuisance and fixed", withGoal({ nuisance: ["width"] }), "goals[0].fixed[0]", /both nuisance .* and fixed/],
  ["fixed at an impossible value", withGoal({ fixed: [{ width: 1000 }] }), "goals[0].fixed[0].width", /16 to 256/],
  ["nothing to explore", withGoal({ direction: "explore", scientific: [] }), "goals[0].scientific", /exploit/],
  ["an unknown algorithm", withGoal({ algorithm: "sobol" }), "goals[0].algorithm", /halton/],
  ["a grid over many dimensions", withGoal({ algorithm: "grid" }), "goals[0].algorithm", /halton/],
  ["listed points without points", withGoal({ algorithm: "listed" }), "goals[0].points", /at least one point/],
  ["points without the algorithm", withGoal({ points: [{}] }), "goals[0].points", /listed/],
  [
    "a listed point outside the space",
    withGoal({
      algorithm: "listed",
      points: [{ learning_rate: 9, momentum: 0.9, weight_decay: 1e-4, use_dropout: false }],
    }),
    "goals[0].points[0].learning_rate",
    /outside its range/,
  ],
  [
    "a listed point beside a fixed value",
    withGoal({
      algorithm: "listed",
      points: [{ learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-4, use_dropout: false, width: 32 }],
    }),
    "goals[0].points[0].width",
    /fixed/,
  ],
  [
    "a joint study at random",
    withGoal({ studies: "joint", algorithm: "random" }),
    "goals[0].algorithm",
    /only with quasi-random search/,
  ],
  [
    "a study for each value of a range",
    withGoal({ scientific: ["momentum"], studies: "each" }),
    "goals[0].studies",
    /discrete/,
  ],
  [
    "a scientific value under a nuisance switch",
    withGoal({ scientific: ["dropout_rate"] }),
    "goals[0].scientific[0]",
    /use_dropout is nuisance/,
  ],
  [
    "a scientific value that is never active",
    withGoal({ scientific: ["dropout_rate"], fixed: ["use_dropout"] }),
    "goals[0].scientific[0]",
    /inactive/,
  ],
  [
    "a value fixed that the baseline lacks",
    withGoal({ fixed: ["dropout_rate"] }),
    "goals[0].fixed",
    /dropout_rate is fixed, but inactive in the baseline/,
  ],
  [
    "one value to compare",
    {
      ...digits,
      hyperparameters: [...digits.hyperparameters, { name: "loss", type: "categorical", values: ["ce"] }],
      baseline: { ...digits.baseline, loss: "ce" },
      goals: [{ question: "Which loss?", scientific: ["loss"], trials: 8 }],
    },
    "goals[0].scientific",
    /at least two values/,
  ],
  ["the batch size unlisted", batch, "goals[0].fixed", /batch size decides how fast/],
  [
    "the batch size scientific",
    { ...batch, goals: [{ question: "Which batch size?", scientific: ["batch_size"], trials: 30 }] },
    "goals[0].scientific[0]",
    /overrides/,
  ],
  ["training steps unlisted", steps, "goals[0].fixed", /one number of steps/],
  [
    "an override of an unknown rule",
    withGoal({ overrides: [{ rule: "adam", reason: "because" }] }),
    "goals[0].overrides[0].rule",
    /batch-size, training-steps/,
  ],
  [
    "an override without a reason",
    withGoal({ overrides: [{ rule: "batch-size", reason: " " }] }),
    "goals[0].overrides[0].reason",
    /needs a reason/,
  ],
  [
    "a chance that is no number",
    { ...digits, metric: { ...digits.metric, chance: "90 %" } },
    "metric.chance",
    /number/,
  ],
  [
    "a least gain of nothing",
    withGoal({ leastGain: { value: 0, reason: "slow" } }),
    "goals[0].leastGain.value",
    /above 0/,
  ],
  ["a least gain for no reason", withGoal({ leastGain: { value: 0.01 } }), "goals[0].leastGain.reason", /missing/],
  [
    "a least gain for an empty reason",
    withGoal({ leastGain: { value: 0.01, reason: " " } }),
    "goals[0].leastGain.reason",
    /text/,
  ],
  ["a misspelt least gain", withGoal({ leastGain: { least: 1 } }), "goals[0].leastGain.least", /value, reason/],
  ["an unknown policy", { ...digits, policy: { refine: "always" } }, "policy.refine", /never/],
  [
    "a deadline that is no time",
    { ...digits, policy: { launch: { within: "2 weeks" } } },
    "policy.launch.within",
    /24h/,
  ],
  ["a deadline of nothing", { ...digits, policy: { launch: { within: 0 } } }, "policy.launch.within", /above 0/],
  ["no trials at once", { ...digits, policy: { parallel: 0 } }, "policy.parallel", /at least 1/],
  [
    "a metric of the test set",
    { ...digits, metric: { name: "test/error", goal: "minimize" } },
    "metric.name",
    /valid\/error/,
  ],
  ["a misspelt policy", { ...digits, policy: { lunch: {} } }, "policy.lunch", /launch/],
  ["no time", { ...digits, limits: { wallSeconds: 0 } }, "limits.wallSeconds", /more than 0/],
  ["no tries", { ...digits, limits: { tries: 0 } }, "limits.tries", /at least 1/],
  ["grace below 0", { ...digits, limits: { graceSeconds: -1 } }, "limits.graceSeconds", /0 or more/],
]

describe("an invalid file", () => {
  test.each(wrong)("%s", (_, file, path, said) => {
    const issues = issuesOf(file)
    const here = issues.filter((issue) => issue.path === path)
    expect(here.map(formatIssue).join("\n"), issues.map(formatIssue).join("\n")).toMatch(said)
    for (const issue of issues) {
      expect(issue.found).toBeTruthy()
      expect(issue.allowed).toBeTruthy()
    }
  })
  test("there are dozens of ways", () => expect(wrong.length).toBeGreaterThanOrEqual(40))
})

describe("the batch size", () => {
  test.each([
    ["fixed", { fixed: ["width", "batch_size"] }],
    ["overridden with a reason", { overrides: [{ rule: "batch-size", reason: "fixed hardware" }] }],
  ])("may be %s", (_, change) => {
    expect(issuesOf({ ...batch, goals: [{ ...digits.goals[0], ...change }] })).toEqual([])
  })
  test("may be tuned for speed", () => {
    const goals = [{ question: "Which trains fastest?", scientific: ["batch_size"], fixed: ["width"], trials: 30 }]
    expect(issuesOf({ ...batch, metric: { name: "seconds_to_target", goal: "minimize" }, goals })).toEqual([])
  })
})

describe("one more goal", () => {
  const decoded = decodeCampaign(digits)
  if (!decoded.ok) throw new Error("the fixture is invalid")
  test("is decoded against the running campaign", () => {
    const added = decodeGoal({ question: "Wider?", scientific: ["width"], trials: 20, studies: "joint" }, decoded.spec)
    expect(added).toMatchObject({ ok: true, goal: { direction: "explore", repeats: 5 } })
  })
  test("is refused with its place in the agenda", () => {
    const refused = decodeGoal({ question: "Deeper?", scientific: ["depth"], trials: 20 }, decoded.spec)
    expect(refused.ok ? [] : refused.issues.map(({ path }) => path)).toEqual(["goals[1].scientific[0]"])
  })
})

test("the JSON Schema in the docs is current", () => {
  const file = new URL("../../../../docs/reference/campaign.schema.json", import.meta.url)
  const written: unknown = JSON.parse(readFileSync(file, "utf8"))
  // To renew it: node libs/playbook/write-reference.ts
  expect(written).toEqual(JSON.parse(JSON.stringify(campaignJsonSchema())))
})
