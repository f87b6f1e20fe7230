import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Measurement } from "@tanren/terms"
import { parse } from "yaml"
import { accept, type Outcome, refuse } from "../outcome.ts"
import type { Source } from "../table.ts"
import { cellOf, measured } from "./cells.ts"
import { chosenExperiment, type MlflowRun, mlflowSource } from "./mlflow-runs.ts"
import { cellFrom, isFields } from "./record.ts"

/** MLflow's RunStatus, as meta.yaml numbers it. */
const states: Readonly<Record<string, string>> = {
  1: "running",
  2: "scheduled",
  3: "finished",
  4: "failed",
  5: "killed",
}

/** MLflow's file store: `mlruns`, one experiment's folder below it, or one run's: whole curves, unlike its CSV. */
export const readMlflowFolder = (folder: string, experiment: string | undefined): Outcome<Source> => {
  if (isRun(folder)) return accept(mlflowSource(folder, "mlflow-folder", [readRun(folder)]))
  const experiments = isExperiment(folder)
    ? [folder]
    : inside(folder).filter((one) => isExperiment(one) && runsIn(one).length > 0)
  if (experiments.length === 0)
    return refuse(`${folder}: is a folder, but not MLflow's (no experiment with runs in it); give a file of trials`)
  const named = experiments.map((path) => ({ path, name: nameOf(path) }))
  const chosen = chosenExperiment(folder, named, experiment)
  return chosen.ok ? accept(mlflowSource(folder, "mlflow-folder", runsIn(chosen.value.path).map(readRun))) : chosen
}

const inside = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isDirectory())

const isExperiment = (folder: string): boolean =>
  existsSync(join(folder, "meta.yaml")) && !existsSync(join(folder, "params"))

const isRun = (folder: string): boolean => existsSync(join(folder, "meta.yaml")) && existsSync(join(folder, "params"))

const runsIn = (experiment: string): ReadonlyArray<string> =>
  inside(experiment).filter((path) => isRun(path) && metaOf(path).lifecycle_stage !== "deleted")

const metaOf = (folder: string): Readonly<Record<string, unknown>> => {
  const meta: unknown = parse(readFileSync(join(folder, "meta.yaml"), "utf8"))
  return isFields(meta) ? meta : {}
}

const nameOf = (experiment: string): string => String(metaOf(experiment).name ?? experiment)

const readRun = (run: string): MlflowRun => {
  const meta = metaOf(run)
  const parent = join(run, "tags", "mlflow.parentRunId")
  return {
    id: String(meta.run_id ?? run),
    status: states[String(meta.status)] ?? cellFrom(meta.status),
    parent: existsSync(parent) ? readFileSync(parent, "utf8").trim() : undefined,
    params: filesIn(join(run, "params")),
    curve: curveOf(join(run, "metrics")),
  }
}

/** One file a name; a slash in the name is a folder. */
const filesIn = (folder: string): ReadonlyArray<readonly [string, string]> =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
        .sort()
        .filter((name) => statSync(join(folder, name)).isFile())
        .map((name) => [name, readFileSync(join(folder, name), "utf8")] as const)
    : []

/** Lines of `timestamp value step`. */
const curveOf = (folder: string): ReadonlyArray<Measurement> => {
  const byStep = new Map<number, Record<string, number>>()
  for (const [name, text] of filesIn(folder))
    for (const line of text.split("\n")) {
      const [, value, step] = line.trim().split(/\s+/)
      const number = value === undefined ? undefined : measured(cellOf(value))
      if (number === undefined) continue
      const at = Number(step ?? 0)
      const metrics = byStep.get(at) ?? {}
      byStep.set(at, metrics)
      metrics[name] = number
    }
  return [...byStep].sort(([a], [b]) => a - b).map(([step, metrics]) => ({ step, metrics }))
}
