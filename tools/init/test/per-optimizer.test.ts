import { decodeCampaign } from "@tanren/playbook/schema"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { campaignTypeScript, campaignYaml } from "../src/campaign-text.ts"
import type { Composed } from "../src/compose.ts"
import { composeCampaign } from "../src/compose.ts"
import { propose } from "../src/propose.ts"
import { given, option } from "./option.ts"

const metric = { name: "valid/error", goal: "minimize" } as const

const campaignWith = (start: string, choices: ReadonlyArray<string>, rate = 0.1): Composed => {
  const options = [option("lr", rate), option("optimizer", start, { choices }), option("momentum", 0.9)]
  const proposal = propose(options, given([]), "flags")
  const observed = { metric, most: 10, every: 1 }
  return composeCampaign("x", ["x", "{lr}", "{optimizer}"], { resources: "cpu", parallel: 1 }, proposal, observed)
}

const rates = ({ hyperparameters }: Composed) =>
  hyperparameters.flatMap((one) =>
    one.name === "lr" && "low" in one ? [[one.when?.optimizer?.join(), one.low, one.high]] : [],
  )

describe("the learning rate under optimizers whose learning rates differ by orders of magnitude", () => {
  test("is one hyperparameter each: around the default for its own kind, where they usually lie for the other", () => {
    expect(rates(campaignWith("sgd", ["sgd", "nesterov", "adamw"]))).toEqual([
      ["sgd", 0.01, 1],
      ["nesterov", 0.01, 1],
      ["adamw", 1e-5, 0.01],
    ])
    expect(rates(campaignWith("adam", ["sgd", "adam"], 3e-4))).toEqual([
      ["sgd", 1e-3, 1],
      ["adam", 1e-5, 0.01],
    ])
    expect(rates(campaignWith("adam", ["adam", "lion"], 1e-3))).toEqual([
      ["adam", 1e-4, 0.01],
      ["lion", 1e-6, 1e-3],
    ])
    expect(rates(campaignWith("muon", ["muon", "adamw"]))).toEqual([
      ["muon", 0.01, 1],
      ["adamw", 1e-5, 0.01],
    ])
  })
  test.each([
    ["adam", ["adam", "rmsprop", "adagrad"]],
    ["sgd", ["sgd", "lars"]],
    ["adam", ["adam", "muon"]],
  ])("is one for all where none is known to be of another kind than the default: %s %j", (start, choices) => {
    expect(rates(campaignWith(start, choices))).toEqual([[undefined, 0.01, 1]])
  })
  test("it is an optimizer by what can be chosen, too: the file says so", () => {
    const options = [option("lr", 0.1), option("solver", "sgd", { choices: ["sgd", "adam", "lbfgs"] })]
    const proposal = propose(options, given([]), "flags")
    const observed = { metric, most: 10, every: 1 }
    const campaign = composeCampaign(
      "x",
      ["x", "{lr}", "{solver}"],
      { resources: "cpu", parallel: 1 },
      proposal,
      observed,
    )
    expect(campaign.goals[0]?.scientific).toEqual(["solver"])
    expect(campaignTypeScript(campaign, [])).toContain(
      'solver: choice(["sgd", "adam", "lbfgs"], { meaning: "optimizer" })',
    )
    expect(decodeCampaign(parse(campaignYaml(campaign, [])))).toEqual(decodeCampaign(campaign))
  })
  test("the goal names it once, the baseline has it, and both forms of the file say the same", () => {
    const campaign = campaignWith("sgd", ["sgd", "adam"])
    expect(campaign.goals[0]).toMatchObject({ scientific: ["optimizer"], nuisance: ["lr", "momentum"] })
    expect(campaign.baseline).toEqual({ lr: 0.1, optimizer: "sgd", momentum: 0.9 })
    expect(campaignTypeScript(campaign, [])).toContain(
      'lr: per("optimizer", { sgd: log(0.01, 1), adam: log(0.00001, 0.01) }),',
    )
    const decoded = decodeCampaign(campaign)
    expect(decoded.ok).toBe(true)
    expect(decodeCampaign(parse(campaignYaml(campaign, [])))).toEqual(decoded)
  })
})
