import type { VisibleGpus } from "@tanren/activities"
import type { Script, ScriptOption } from "./read-options.ts"

/** Modules that compute on a GPU where there is one, without being told. */
const COMPUTES_ON_GPU = [
  "torch",
  "jax",
  "tensorflow",
  "keras",
  "flax",
  "equinox",
  "haiku",
  "lightning",
  "pytorch_lightning",
  "transformers",
  "accelerate",
  "fastai",
  "cupy",
]

export interface ResourcesGuess {
  readonly resources: "cpu" | "gpu"
  /** Trials at once: one a GPU. */
  readonly parallel: number
  /** For a person; absent where nothing speaks for a GPU. */
  readonly why?: string
}

/** The module that speaks for a GPU, if any does. */
export const gpuModule = ({ imports }: Pick<Script, "imports">): string | undefined =>
  COMPUTES_ON_GPU.find((name) => imports.includes(name))

/**
 * What a trial of the script should lease: a GPU where one can be seen and the script would use it.
 *
 * @param script its file's name
 * @param module what it imports that computes on a GPU
 * @param extra arguments that a person gave: they come before defaults
 */
export const guessResources = (
  script: string,
  module: string,
  options: ReadonlyArray<ScriptOption>,
  extra: ReadonlyArray<string>,
  { gpus, found }: VisibleGpus,
): ResourcesGuess => {
  const onCpu = { resources: "cpu", parallel: 1 } as const
  if (gpus.length === 0) return { ...onCpu, why: `resources are cpu: ${script} imports ${module}, but ${found}` }
  const told = options.find(
    ({ name, flag, default: value }) =>
      /(^|[._])(device|accelerator)$/.test(name) &&
      value === "cpu" &&
      !extra.some((arg) => arg === flag || arg.startsWith(`${flag}=`)),
  )
  return told === undefined
    ? { resources: "gpu", parallel: gpus.length, why: `resources are gpu: ${script} imports ${module}, and ${found}` }
    : { ...onCpu, why: `resources are cpu: ${script} imports ${module}, and ${found}, but its ${told.name} is cpu` }
}
