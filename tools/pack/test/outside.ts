/** What somebody has who only installed the package: a campaign, and a program that "trains" for a moment. */

export const campaign = `import { boolean, campaign, goal, log, minimize, program } from "tanren"

export default campaign({
  name: "outside",
  trainer: program(["node", "train.mjs"]),
  metric: minimize("valid/error"),
  maxTrainSteps: 100,
  evalEverySteps: 10,
  hyperparameters: { rate: log(1e-4, 1), dropout: boolean() },
  baseline: { rate: 0.1, dropout: false },
  goals: [goal("Does dropout help?", { scientific: ["dropout"], trials: 4, repeats: 3 })],
})
`

export const train = `import { appendFileSync, readFileSync } from "node:fs"

const { hyperparameters, seeds } = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8"))
const { rate, dropout } = hyperparameters
const emit = (event) => appendFileSync(process.env.TANREN_EVENTS, JSON.stringify(event) + "\\n")

emit({ type: "started", honours: ["seeds"] })
const [seed] = Object.values(seeds)
const luck = (seed % 997) / 50_000
for (let step = 10; step <= 100; step += 10) {
  emit({ type: "metrics", step, "valid/error": 0.1 + Math.abs(Math.log10(rate) + 2) / 20 + dropout / 50 + 1 / step + luck })
}
`

/** A reader of the library entries. */
export const reader = `import { parseTrialFile, type TrialFile } from "tanren/contract"
import { nesterov } from "tanren/training"

const read = parseTrialFile("{}")
const trial: TrialFile | undefined = read.ok ? read.value : undefined
if (trial !== undefined || typeof nesterov !== "function") throw new Error("other than in the checkout")
`

export const tsconfig = JSON.stringify({
  compilerOptions: { strict: true, noEmit: true, module: "nodenext", target: "es2024", types: [] },
  files: ["campaign.ts"],
})
