import { expect } from "vitest"
import { stringify } from "yaml"
import { json, written } from "./command-run.ts"

/** YAML can hold what JSON cannot: NaN and the infinities. */
export const dataFile = (data: unknown, name: string): string => {
  const text = JSON.stringify(data, (_, value) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  )
  return text?.includes('"NaN"') || text?.includes('"Infinity"')
    ? written(`${name}.yaml`, stringify(data))
    : json(data, `${name}.json`)
}

/** Each line names the file and, after `found` and `wanted`, what there was and what may be. */
export const expectNamed = (lines: ReadonlyArray<string> | undefined, path: string, words: ReadonlyArray<string>) => {
  const here = lines?.filter((line) => line.includes(path === "" ? ".json: " : `: ${path}: `)) ?? []
  expect(here, lines?.join("\n")).not.toEqual([])
  for (const word of words) expect(here.join("\n").replaceAll("wanted: ", "allowed: ")).toContain(word)
}

/** A sound campaign, to be made unsound. */
export const campaign = {
  name: "digits",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 800,
  evalEverySteps: 25,
  hyperparameters: [
    { name: "learning_rate", type: "float", low: 0.01, high: 3, scale: "log" },
    { name: "momentum", type: "float", low: 0.5, high: 0.99, scale: "reverse_log" },
    { name: "use_dropout", type: "boolean" },
    { name: "dropout_rate", type: "float", low: 0.05, high: 0.6, when: { use_dropout: [true] } },
    { name: "width", type: "int", low: 16, high: 256 },
    { name: "batch_size", type: "discrete", values: [32, 64, 128] },
  ],
  baseline: { learning_rate: 0.1, momentum: 0.9, use_dropout: false, width: 64, batch_size: 64 },
  goals: [{ question: "Does dropout help?", scientific: ["use_dropout"], fixed: ["batch_size", "width"], trials: 48 }],
}
