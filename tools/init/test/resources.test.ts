import { decodeCampaign } from "@tanren/playbook/schema"
import { expect, test } from "vitest"
import { campaignTypeScript, campaignYaml } from "../src/campaign-text.ts"
import { commentsOf, composeCampaign } from "../src/compose.ts"
import { propose } from "../src/propose.ts"
import type { ScriptOption } from "../src/read-options.ts"
import { gpuModule, guessResources } from "../src/resources.ts"

const two = {
  gpus: ["0", "1"].map((id) => ({ id, variables: { CUDA_VISIBLE_DEVICES: id } })),
  found: "nvidia-smi lists 2 GPUs",
}
const none = { gpus: [], found: "nvidia-smi is not on the PATH" }

const option = (name: string, kind: ScriptOption["kind"], value: number | string): ScriptOption => ({
  name,
  flag: `--${name}`,
  command: [],
  kind,
  default: value,
  computed: false,
  choices: null,
  low: null,
  high: null,
  on: null,
  off: null,
  required: false,
  several: false,
  help: "",
})

test("a script that imports what computes on a GPU speaks for one", () => {
  expect(gpuModule({ imports: ["argparse", "torch"] })).toBe("torch")
  expect(gpuModule({ imports: ["argparse", "numpy", "sklearn"] })).toBeUndefined()
})

test("gpu where one can be seen, with as many trials at once as there are; the guess says why", () => {
  expect(guessResources("train.py", "torch", [], [], two)).toEqual({
    resources: "gpu",
    parallel: 2,
    why: "resources are gpu: train.py imports torch, and nvidia-smi lists 2 GPUs",
  })
  expect(guessResources("train.py", "torch", [], [], none)).toMatchObject({
    resources: "cpu",
    why: "resources are cpu: train.py imports torch, but nvidia-smi is not on the PATH",
  })
})

test("a script that computes on the CPU by default does not hold a GPU, unless it is told to", () => {
  const device = [option("device", "str", "cpu")]
  expect(guessResources("train.py", "torch", device, [], two)).toMatchObject({
    resources: "cpu",
    why: "resources are cpu: train.py imports torch, and nvidia-smi lists 2 GPUs, but its device is cpu",
  })
  expect(guessResources("train.py", "torch", device, ["--device", "cuda"], two).resources).toBe("gpu")
  expect(guessResources("train.py", "torch", [option("device", "str", "cuda")], [], two).resources).toBe("gpu")
})

test("the guess stands in the file, in either form", () => {
  const options = [option("lr", "float", 0.1)]
  const guess = guessResources("train.py", "torch", options, [], two)
  const proposal = propose(options, { before: [], words: [], after: [] }, "flags")
  const observed = { metric: { name: "valid/error", goal: "minimize" }, most: 10, every: 1 } as const
  const campaignWith = (fromStdout?: Readonly<Record<string, string>>) =>
    composeCampaign("x", ["python3", "train.py", "--lr", "{lr}"], guess, proposal, { ...observed, fromStdout })
  const campaign = campaignWith()
  const text = campaignTypeScript(campaign, commentsOf("train.py", guess, proposal))
  expect(text).toContain("// - resources are gpu: train.py imports torch, and nvidia-smi lists 2 GPUs\n")
  expect(text).toContain('program(["python3", "train.py", "--lr", "{lr}"], { resources: "gpu" }),\n')
  expect(text).toContain("  policy: { parallel: 2 },\n})\n")
  expect(campaignTypeScript(campaignWith({ "valid/error": "error (.*)" }), [])).toContain(
    '      },\n    },\n    resources: "gpu",\n  }),\n',
  )
  expect(campaignYaml(campaign, [])).toContain("  resources: gpu\n")
  const decoded = decodeCampaign(campaign)
  expect(decoded.ok && [decoded.spec.trainer.resources, decoded.spec.policy.parallel]).toEqual(["gpu", 2])
})
