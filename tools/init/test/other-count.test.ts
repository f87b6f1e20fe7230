import { describe, expect, test } from "vitest"
import { otherCount } from "../src/other-count.ts"
import { propose } from "../src/propose.ts"
import { option } from "./option.ts"

const metric = { name: "valid/loss", goal: "minimize" } as const
const asked = { steps: 3, every: 1 }
const shown = (...steps: ReadonlyArray<number>) => ({
  curve: steps.map((step) => ({ step, metrics: { "valid/loss": 1 / step } })),
})
const proposal = (epochs: number | null, ...more: ReadonlyArray<ReturnType<typeof option>>) =>
  propose(
    [option("lr", 0.1), option("epochs", epochs, { kind: "int" }), ...more],
    { before: [], words: [], after: [] },
    "flags",
  )
const of = (one: ReturnType<typeof proposal>, curve: ReturnType<typeof shown>, killed = false) =>
  otherCount("train.py", one, asked, { killed }, curve, metric)

describe("steps that pass the length that was asked for", () => {
  test("are counted in steps, and the length that the script is told stays what it is", () => {
    const other = of(proposal(5, option("eval_every", 2)), shown(100, 200, 300))
    expect(other).toMatchObject({
      proposal: { steps: { most: 500, every: 200, unit: "step" }, shortenable: false },
      short: { steps: 300, every: 100 },
    })
    if (typeof other !== "object") throw new Error("refused")
    expect(other.proposal.args.join(" ")).toBe("--lr {lr} --epochs 5 --eval-every 2")
    expect(other.short.args.join(" ")).toBe("--lr {lr} --epochs 3 --eval-every 1")
    expect(other.proposal.notes.join()).toContain("about 100 to one of --epochs")
  })
  test("end at an evaluation, where the last one of a short run is not at its end", () => {
    const curve = shown(20, 40, 60, 80, 100, 120, 140)
    expect(of(proposal(4), curve)).toMatchObject({ proposal: { steps: { most: 200 } } })
  })
  test("are no other count where they are of its length, or one beyond it", () => {
    expect(of(proposal(5), shown(1, 2, 3))).toBeUndefined()
    expect(of(proposal(5), shown(2, 4))).toBeUndefined()
    expect(of({ ...proposal(5), shortenable: false }, shown(100, 200))).toBeUndefined()
  })
  test("cannot be placed where the run was stopped, or the length has no default", () => {
    const wayOut = "tanren init train.py --steps N -- --epochs LENGTH"
    expect(of(proposal(5), shown(100, 200), true)).toContain(wayOut)
    expect(of(proposal(null), shown(100, 200))).toContain("--epochs has no default")
  })
})

describe("a script that takes its hyperparameters from the trial file", () => {
  const read = { takesParams: true, honours: [] }
  const options = [option("lr", 0.1), option("epochs", 5), option("eval_every", 1), option("seed", 0)]
  test("is handed its length, cadence and seed all the same, where it has such options", () => {
    const { args, hyperparameters } = propose(options, { before: [], words: [], after: ["--data", "x"] }, "flags", read)
    expect(args.join(" ")).toBe("--epochs {maxTrainSteps} --eval-every {evalEverySteps} --seed {seeds.init} --data x")
    expect(hyperparameters.map(({ name }) => name)).toEqual(["lr"])
  })
  test("can have its switches set either way, whatever flags there are", () => {
    const one = option("use_dropout", true)
    expect(propose([one], { before: [], words: [], after: [] }, "flags", read).baseline).toEqual({ use_dropout: true })
  })
  test("is told that nothing is run again where it has none and declares none", () => {
    const notes = (honours: ReadonlyArray<string>) =>
      propose(options.slice(0, 1), { before: [], words: [], after: [] }, "flags", { ...read, honours }).notes.join()
    expect(notes([])).toContain("no --seed option")
    expect(notes(["seeds"])).not.toContain("no --seed option")
  })
})
