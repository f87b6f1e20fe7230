import { grouped } from "@tanren/words"
import { describe, expect, test } from "vitest"
import { startOf } from "../../src/adopting-a-change/what-stands.ts"
import type { CampaignSpec, RoundsWork } from "../../src/campaign/campaign.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import { isRound } from "../../src/compute-bound/recorded.ts"
import { decideFirstRound } from "../../src/compute-bound/round-decision.ts"
import { roundText } from "../../src/compute-bound/round-decision.words.ts"
import { layOutRounds } from "../../src/compute-bound/rounds.ts"
import { describeOutcome } from "../../src/describe.ts"
import { planCampaign } from "../../src/informative-and-affordable/plan.ts"
import { planText } from "../../src/informative-and-affordable/plan.words.ts"
import { digits } from "../campaigns.ts"

const rounds = { kind: "rounds", question: "Does longer training pay?", maxTrainSteps: 3200, trials: 40 }

const fileOf = (work: object, changes: object = {}) => ({ ...digits, goals: [...digits.goals, work], ...changes })

const decoded = (work: object, changes: object = {}): CampaignSpec => {
  const found = decodeCampaign(fileOf(work, changes))
  if (!found.ok) throw new Error(JSON.stringify(found.issues, null, 2))
  return found.spec
}

const issuesOf = (work: object, changes: object = {}) => {
  const found = decodeCampaign(fileOf(work, changes))
  return found.ok ? [] : found.issues
}

const layoutOf = (work: object) => {
  const spec = decoded(work)
  return layOutRounds(spec.goals[1] as RoundsWork, startOf(spec))
}

const two = [
  { maxTrainSteps: 800, trials: 20 },
  { maxTrainSteps: 3200, trials: 6 },
]

const sizes = (work: object) =>
  layoutOf(work).rounds.map(({ training, trials }) => [training.maxTrainSteps, trials] as const)

describe("lengths and trials of the rounds", () => {
  test("two rounds unless told: the search as short as what stands, few runs at full length", () => {
    expect(sizes(rounds)).toEqual([
      [800, 40],
      [3200, 6],
    ])
    expect(layoutOf(rounds)).toMatchObject({ reruns: { candidates: 2, repeats: 5 }, steps: 40 * 800 + 16 * 3200 })
  })

  test("more rounds grow by the same factor", () => {
    expect(sizes({ ...rounds, maxTrainSteps: 6400, rounds: 4, best: 3 })).toEqual([
      [800, 40],
      [1600, 4],
      [3200, 4],
      [6400, 4],
    ])
  })

  test("one round searches at full length, and listed rounds are as listed", () => {
    expect(sizes({ ...rounds, rounds: 1 })).toEqual([[3200, 40]])
    // Five points go on unless told, or all that there are.
    expect(sizes({ ...rounds, trials: 3 })[1]).toEqual([3200, 4])
    const { trials: _, ...rest } = rounds
    const listed = [
      { maxTrainSteps: 400, trials: 60 },
      { maxTrainSteps: 3200, trials: 3 },
    ]
    expect(sizes({ ...rest, rounds: listed })).toEqual([
      [400, 60],
      [3200, 3],
    ])
  })

  test("steps in all: round 1 has what the later rounds and the re-runs leave, to the last whole trial", () => {
    const { trials: _, ...rest } = rounds
    for (const steps of [56_000, 60_000, 99_999]) {
      const layout = layoutOf({ ...rest, steps })
      expect(layout.steps).toBeLessThanOrEqual(steps)
      expect(layout.steps).toBeGreaterThan(steps - 800)
      expect(layout.rounds[1]?.trials).toBe(6)
    }
  })

  test("where what stands trains as long already, one search at full length is left", () => {
    const work = decoded(rounds).goals[1] as RoundsWork
    const long = { training: { maxTrainSteps: 3200 } }
    expect(layOutRounds(work, long).rounds).toMatchObject([{ training: { maxTrainSteps: 3200 }, trials: 40 }])
  })
})

describe("a file that cannot be carried out is refused", () => {
  const { trials: _, ...rest } = rounds
  test.each([
    ["no number of trials", rest, "goals[1].trials", "does not say how many trials"],
    ["two numbers", { ...rounds, steps: 99_999 }, "goals[1].trials", "says twice"],
    ["steps that leave round 1 nothing", { ...rest, steps: 50_000 }, "goals[1].steps", "leaves nothing for round 1"],
    ["no growth", { ...rounds, maxTrainSteps: 800 }, "goals[1].maxTrainSteps", "nothing to grow to"],
    [
      "a later round of what stands alone",
      {
        ...rest,
        rounds: [
          { maxTrainSteps: 800, trials: 9 },
          { maxTrainSteps: 3200, trials: 1 },
        ],
      },
      "goals[1].rounds[1].trials",
      "at least one point",
    ],
    [
      "another last length",
      { ...rest, rounds: [{ maxTrainSteps: 1600, trials: 9 }] },
      "goals[1].rounds",
      "another length than the full one",
    ],
    ["a warmup as long as round 1", { ...rounds, warmupSteps: 800 }, "goals[1].warmupSteps", "warmup takes all"],
    [
      "a decay behind the end",
      { ...rounds, schedule: { type: "linear", decayStart: 800, endFactor: 0 } },
      "goals[1].schedule.decayStart",
      "would begin when",
    ],
    ["a shorter length", { ...rounds, maxTrainSteps: 400 }, "goals[1].maxTrainSteps", "nothing to grow to"],
    [
      "more points than round 1 has",
      { ...rounds, trials: 20, best: 30 },
      "goals[1].best",
      "than the 20 points that round 1",
    ],
    ["more points than the goals tried", { ...rounds, trials: 0, best: 999 }, "goals[1].best", "than the "],
    [
      "more points than the listed round before has",
      { ...rest, rounds: [{ maxTrainSteps: 800, trials: 4 }, two[1]] },
      "goals[1].rounds[1].trials",
      "takes over more points than the 4 points that round 1 has",
    ],
    ["more re-run than there are", { ...rounds, best: 2, top: 3 }, "goals[1].top", "than the 2 points that the last"],
    ["best beside a list", { ...rest, rounds: two, best: 5 }, "goals[1].best", "says nothing beside a list of rounds"],
    ["an unknown name", { ...rounds, fixed: ["widht"] }, "goals[1].fixed[0]", ""],
    ["an unknown override", { ...rounds, overrides: [{ rule: "x", reason: "y" }] }, "goals[1].overrides[0].rule", ""],
    [
      "no search, yet something fixed",
      { ...rounds, trials: 0, fixed: ["width"] },
      "goals[1].fixed",
      "no trials of its own",
    ],
  ])("%s", (_name, work, path, message) => {
    const issues = issuesOf(work)
    expect(issues.map((one) => one.path)).toContain(path)
    expect(issues.find((one) => one.path === path)?.message).toContain(message)
  })

  test("one round is offered as the way out for an equal length, never for a shorter one", () => {
    const allowed = (maxTrainSteps: number) => issuesOf({ ...rounds, maxTrainSteps })[0]?.allowed
    expect(allowed(800)).toContain("or rounds: 1")
    expect(allowed(400)).not.toContain("rounds: 1")
  })

  test("a length that is missing is asked for as what it is", () => {
    const { maxTrainSteps: _, ...none } = rounds
    expect(issuesOf(none)).toMatchObject([
      { path: "goals[1].maxTrainSteps", message: "is missing", allowed: "a whole number of steps, at least 1" },
    ])
  })

  test("as many points as round 1 has, and as many re-run, are not refused", () => {
    expect(issuesOf({ ...rounds, trials: 20, best: 20, top: 10 })).toEqual([])
    expect(issuesOf({ ...rest, rounds: two })).toEqual([])
  })

  test("no trials of its own need a goal before it", () => {
    expect(issuesOf({ ...rounds, trials: 0 })).toEqual([])
    const found = decodeCampaign({ ...digits, goals: [{ ...rounds, trials: 0 }] })
    expect(found.ok ? [] : found.issues).toMatchObject([{ path: "goals[0].trials" }])
  })
})

describe("extra steps at a learning rate that is too small", () => {
  const schedules = { name: "decay_steps", type: "int", low: 100, high: 800, meaning: "schedule" }
  const withDecay = {
    hyperparameters: [...digits.hyperparameters, schedules],
    baseline: { ...digits.baseline, decay_steps: 400 },
  }

  test("are refused where the decay is known to end within the short length, unless the schedule is ours", () => {
    expect(issuesOf(rounds, withDecay)).toMatchObject([
      { path: "goals[1].maxTrainSteps", message: expect.stringContaining("decay_steps ends it at step 800") },
    ])
    const fixed = issuesOf({ ...rounds, fixed: ["decay_steps"] }, withDecay)
    expect(fixed[0]?.message).toContain("decay_steps ends it at step 400")
    expect(issuesOf({ ...rounds, schedule: { type: "cosine" } }, withDecay)).toEqual([])
    expect(
      issuesOf(
        { ...rounds, fixed: [{ decay_steps: 3200 }] },
        { ...withDecay, hyperparameters: [...digits.hyperparameters, { ...schedules, high: 3200 }] },
      ),
    ).toEqual([])
    const overrides = [{ rule: "schedule-extension", reason: "the decay is relative" }]
    expect(issuesOf({ ...rounds, overrides }, withDecay)).toEqual([])
  })

  test("one round alone, longer than what stands, spends its extra steps no better", () => {
    expect(issuesOf({ ...rounds, rounds: 1 }, withDecay)).toMatchObject([
      { path: "goals[1].maxTrainSteps", message: expect.stringContaining("beyond what is trained now") },
    ])
    expect(issuesOf({ ...rounds, rounds: 1, maxTrainSteps: 800 }, withDecay)).toEqual([])
  })

  test("epochs are not compared with steps", () => {
    const epochs = { name: "decay_epochs", type: "int", low: 2, high: 10, meaning: "schedule" }
    const baseline = { ...digits.baseline, decay_epochs: 4 }
    expect(issuesOf(rounds, { hyperparameters: [...digits.hyperparameters, epochs], baseline })).toEqual([])
  })

  test("a program that is told nothing but its arguments has to be told the length", () => {
    const trainer = (command: ReadonlyArray<string>) => ({
      trainer: {
        type: "program",
        command,
        metrics: { fromStdout: { step: "step (d+)", "valid/error": "error (S+)" } },
      },
    })
    const refused = issuesOf(rounds, trainer(["python3", "train.py", "{learning_rate}"]))
    expect(refused.map(({ path }) => path)).toContain("trainer.command")
    const told = issuesOf(rounds, trainer(["python3", "train.py", "{maxTrainSteps}"]))
    expect(told.map(({ path }) => path)).not.toContain("trainer.command")
  })
})

describe("the plan", () => {
  const schedule = { type: "linear", endFactor: 0.01 }
  const text = (work: object) => planText(planCampaign(decoded(work), { secondsPerStep: 0.01 }))

  test("says of each round what it costs and buys, what carries over, and that the schedule is speculation", () => {
    const said = text({ ...rounds, schedule })
    expect(said).toContain(`round 1: 40 trials of 800 steps each, 38 % of the cost`)
    expect(said).toContain(
      `round 2: what stands and the 5 best points, 6 runs of ${grouped(3200)} steps each, 23 % of the cost`,
    )
    expect(said.match(/buys: /g)).toHaveLength(3)
    expect(said).toContain("Linear decay keeps its 800 steps")
    expect(said).toContain("(speculation, as the playbook says)")
    expect(said).toContain("likely: width; perhaps: ")
  })

  test("of a program's own schedule names what that may mean", () => {
    expect(text(rounds)).toContain("perhaps at a learning rate that is too small")
    const known = planText(planCampaign(decoded(rounds, { schedule: "constant" })))
    expect(known).toContain("The program's own learning rate stays constant, as the campaign file says.")
  })

  test("one round that is longer than what stands tells how the schedule goes there", () => {
    expect(text({ ...rounds, rounds: 1 })).toContain("Schedule: The program's own learning rate schedule is used")
    expect(text({ ...rounds, rounds: 1, maxTrainSteps: 800 })).not.toContain("Schedule:")
  })

  test("says which duties the training needs, where only the program can tell", () => {
    const command = ["python3", "train.py", "{maxTrainSteps}"]
    const trainer = { type: "program", command }
    const asked = { ...rounds, schedule, warmupSteps: 10, clipNorm: 1 }
    const of = (work: object) => planText(planCampaign(decoded(work, { trainer })))
    expect(of(asked)).toContain(
      "Needs a program that declares `schedule`, `warmup`, `clip`; otherwise nothing of this work runs",
    )
    expect(of(rounds)).not.toContain("otherwise nothing of this work runs")
  })

  test("notes that more than three rounds are often overkill, and does not call many long runs very few", () => {
    expect(text({ ...rounds, rounds: 9 })).toContain(
      "1 to 3 are usually the most practical, and more are often overkill",
    )
    expect(text({ ...rounds, rounds: 3 })).not.toContain("overkill")
    expect(text(rounds)).toContain("buys: very few long runs")
    expect(text({ ...rounds, best: 30 })).not.toContain("buys: very few")
    expect(text({ ...rounds, best: 1 })).toContain("what stands and the 1 best point, 2 runs")
  })

  test("says that a second work in rounds depends on what the first launches", () => {
    const twice = decodeCampaign({ ...digits, goals: [...digits.goals, rounds, rounds] })
    if (!twice.ok) throw new Error(JSON.stringify(twice.issues))
    expect(planText(planCampaign(twice.spec))).toContain(
      `goal 3: lengths and price hold if no work in rounds before it launches anything; if one launches ${grouped(3200)} steps, there is nothing to grow to`,
    )
    expect(text(rounds)).not.toContain("lengths and price hold")
    const work = twice.spec.goals[2] as RoundsWork
    const stands = { ...startOf(twice.spec), training: { maxTrainSteps: 3200 } }
    const made = decideFirstRound(twice.spec, work, 3, stands)
    expect(made).toMatchObject({ nothingToGrowTo: true, extension: null })
    expect(made.text).toContain(`what stands trains ${grouped(3200)} steps already, so there is nothing to grow to`)
    expect(roundText.ja(made)).toContain("長さは伸ばしません")
    const grown = JSON.parse(JSON.stringify(decideFirstRound(twice.spec, work, 3, startOf(twice.spec))))
    expect(grown.text).not.toContain("nothing to grow to")
    expect(isRound(grown)).toBe(true)
    const { nothingToGrowTo: _, ...older } = grown
    expect(isRound(older)).toBe(false)
    expect(describeOutcome(older, "ja")).toBeUndefined()
  })

  test("counts what runs: trials, later rounds, re-runs", () => {
    const plan = planCampaign(decoded(rounds))
    expect(plan.goals[1]?.cost).toEqual({ runs: 40 + 6 + 10, steps: 40 * 800 + 16 * 3200, deviceSeconds: null })
  })

  test("warns where the long trials would pass the time limit of a trial", () => {
    const plan = planCampaign(decoded(rounds, { limits: { wallSeconds: 20 } }), { secondsPerStep: 0.01 })
    expect(planText(plan)).toContain("a trial of round 2 would take longer than limits.wallSeconds (20 s) allows")
  })
})
