import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { hydraConfig } from "../src/hydra.ts"
import { composeDefaults } from "../src/hydra-defaults.ts"

const config = (name: string) => fileURLToPath(new URL(`./scripts/groups/${name}.yaml`, import.meta.url))

test("groups are composed as Hydra does", () => {
  // Printed by hydra-core 1.3.8: compose("config") with version_base=None.
  expect(composeDefaults(config("config")).tree).toEqual({
    seed: 1,
    epochs: 5,
    model: {
      activation: { slope: 0.01 },
      slow: { lr: 0.1, momentum: 0.9 },
      width: 32,
      dropout: 0.2,
    },
    training: { optimizer: { lr: 0.1, momentum: 0.9 } },
    warmup_steps: 10,
  })
})

test("their keys are options by dotted names; which group was taken is said", () => {
  const { options, notes } = hydraConfig(config("config"))
  expect(options.map(({ name }) => name)).toContain("training.optimizer.lr")
  expect(notes).toEqual([
    "configuration groups stay as they are: model/activation as relu, optimizer as sgd, model as mlp, experiment as quick",
  ])
})

test("what only the running script knows is named, with its reason and the way out", () => {
  const { options, notes } = hydraConfig(config("lost"))
  expect(options.map(({ name }) => name)).toEqual(["lr"])
  expect(notes).toEqual([
    expect.stringContaining(
      `model: \${oc.env:MODEL} in lost.yaml (it is chosen when the script starts); optimizer: adam in lost.yaml (no optimizer/adam.yaml); structured_base`,
    ),
  ])
  expect(notes[0]).toContain("optimizer.lr={lr}")
})

test("what is whole only by chance is a fraction all the same", () => {
  expect(hydraConfig(config("shares")).options.map(({ name, kind }) => [name, kind])).toEqual([
    ["dropout", "float"],
    ["grad_clip", "float"],
    ["weight_decay", "float"],
    ["layers", "int"],
  ])
})
