import { describe, expect, test } from "vitest"
import { withGivenDefaults } from "../src/given.ts"
import { placesOf } from "../src/places.ts"
import { propose } from "../src/propose.ts"
import { chosenSubcommand } from "../src/subcommand.ts"
import { given, option } from "./option.ts"

describe("a subcommand", () => {
  const commands = [["train"], ["evaluate"], ["data"], ["data", "fetch"]]
  test("is the one that trains, by its name; the only one; or the one that a person names", () => {
    expect(chosenSubcommand(commands, ["--x"])).toEqual({ before: [], words: ["train"], after: ["--x"] })
    expect(chosenSubcommand([["go"]], [])?.words).toEqual(["go"])
    expect(chosenSubcommand(commands, ["--x", "data", "fetch", "--y"])).toEqual({
      before: ["--x"],
      words: ["data", "fetch"],
      after: ["--y"],
    })
    expect(chosenSubcommand([["train"], ["finetune"]], [])).toBeUndefined()
    expect(chosenSubcommand([["a"], ["b"]], [])).toBeUndefined()
  })
  test("has its own option where the program has one of the same name", () => {
    const options = [option("lr", 0.5), option("lr", 0.1, { command: ["train"] })]
    const { args, baseline } = propose(options, { before: [], words: ["train"], after: [] }, "flags")
    expect([args.join(" "), baseline]).toEqual(["train --lr {lr}", { lr: 0.1 }])
  })
  test("has its options after its words, the program's own before them; those of others take no part", () => {
    const options = [
      option("lr", 0.1, { command: ["train"] }),
      option("dropout", 0.1, { command: ["evaluate"] }),
      option("checkpoint", null, { command: ["evaluate"], flag: "", required: true }),
      option("epochs", 5, { command: ["train"] }),
      option("momentum", 0.9),
      option("seed", 0),
    ]
    const { args, missing, left } = propose(options, { before: ["--x"], words: ["train"], after: ["--y"] }, "flags")
    expect(args.join(" ")).toBe(
      "--momentum {momentum} --seed {seeds.init} --x train --lr {lr} --epochs {maxTrainSteps} --y",
    )
    expect([missing, left]).toEqual([[], []])
  })
})

describe("seeds", () => {
  const placed = (...names: ReadonlyArray<string>) =>
    placesOf(names.map((name) => option(name, 0))).named.map(({ option: { name }, place }) => [name, place])
  test.each(["seed", "random_seed", "manual_seed", "torch_seed", "random_state", "cfg.seed"])("%s", (name) => {
    expect(placed(name)).toEqual([[name, "seeds.init"]])
  })
  test("each of several goes its own way, but those that choose other data to measure on", () => {
    expect(placed("init_seed", "data_seed", "dropout_seed", "split_seed", "eval_seed")).toEqual([
      ["init_seed", "seeds.init"],
      ["data_seed", "seeds.data"],
      ["dropout_seed", "seeds.dropout"],
    ])
  })
})

describe("length and cadence", () => {
  test.each(["num_updates", "n_iter", "total_timesteps", "max_epochs", "num_train_steps", "nb_epochs"])(
    "%s",
    (name) => {
      expect(placesOf([option(name, 9)]).length?.name).toBe(name)
    },
  )
  test.each(["eval_every", "check_val_every_n_epoch", "val_interval", "evaluation_freq"])("%s", (name) => {
    expect(placesOf([option("epochs", 9), option(name, 1)]).cadence?.name).toBe(name)
  })
  test.each([
    ["eval_every", 500],
    ["eval_steps", 5],
  ])("a cadence that is counted in something else than epochs stays: %s %s", (name, every) => {
    const { cadence, length } = placesOf([option("epochs", 9), option(name, every)])
    expect([length?.name, cadence]).toEqual(["epochs", undefined])
  })
})

describe("a value that a person gives", () => {
  const lr = option("lr", null, { kind: "float", required: true })
  test.each([[["--lr", "3e-4", "--data", "x"]], [["--data", "x", "--lr=3e-4"]]])(
    "stands in for the default that a tuned option lacks: %s",
    (extra) => {
      const found = withGivenDefaults([lr], extra)
      expect(found.extra).toEqual(["--data", "x"])
      const { baseline, missing, args } = propose(found.options, given(found.extra), "flags")
      expect([baseline, missing, args.slice(0, 2)]).toEqual([{ lr: 3e-4 }, [], ["--lr", "{lr}"]])
    },
  )
  test.each([
    [option("batch_size", null, { kind: "int", required: true }), ["--batch-size", "8"]],
    [option("dropout", 0.1), ["--dropout", "0.2"]],
    [lr, ["--lr", "fast"]],
  ])("is handed on otherwise", (one, extra) => {
    expect(withGivenDefaults([one], extra)).toEqual({ options: [one], extra })
  })
  test("is not asked for where the campaign fills it in", () => {
    const options = [option("lr", 0.1), option("epochs", null, { kind: "int", required: true })]
    expect(propose(options, given([]), "flags")).toMatchObject({ missing: [], shortenable: true })
  })
})
