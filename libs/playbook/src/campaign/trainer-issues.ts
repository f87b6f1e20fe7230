import type { Issue } from "@tanren/terms"
import type { CampaignSpec } from "./campaign.ts"
import { commandPlaces, placesNamed } from "./command-places.ts"

/**
 * What a trainer's fields mean together.
 *
 * @param names the hyperparameters' names, where they are known
 */
export const trainerIssues = (spec: CampaignSpec, names: ReadonlyArray<string> | undefined): ReadonlyArray<Issue> => [
  ...hiddenGpu(spec),
  ...dealtOut(spec),
  ...(names === undefined ? [] : unfilledPlaces(spec, names)),
]

/** A CPU lease hides every GPU from the program; a backend that is asked for is never replaced by another. */
function hiddenGpu({ trainer }: CampaignSpec): ReadonlyArray<Issue> {
  if (trainer.type !== "tensorflow" || trainer.backend !== "gpu" || trainer.resources === "gpu") return []
  return [
    {
      path: "trainer.resources",
      message: 'trials would be shown no GPU, and trainer.backend is "gpu"',
      found: '"cpu", which is also what counts where nothing is given',
      allowed: '"gpu", or another trainer.backend: "node", "wasm" or "cpu"',
    },
  ]
}

/** Each process has as many GPUs as the others; CPU slots are cores that a trial's processes share. */
function dealtOut({ trainer }: CampaignSpec): ReadonlyArray<Issue> {
  if (trainer.type !== "program") return []
  const { devices, processes = 1, resources } = trainer
  if (devices === undefined) return []
  if (resources === "cpu" && devices > 1) {
    return [
      {
        path: "trainer.devices",
        message: "only GPUs can be leased several at a time",
        found: `${devices}, and trainer.resources is "cpu"`,
        allowed: 'none, or resources: "gpu"; on the CPU policy.parallel says how many trials share the cores',
      },
    ]
  }
  if (devices % processes === 0) return []
  return [
    {
      path: "trainer.devices",
      message: `cannot be divided evenly among ${processes} processes`,
      found: String(devices),
      allowed: `a multiple of ${processes}`,
    },
  ]
}

/** `{word}` in a command that nothing fills would fail every trial. */
function unfilledPlaces(spec: CampaignSpec, names: ReadonlyArray<string>): ReadonlyArray<Issue> {
  const { trainer } = spec
  if (trainer.type !== "program") return []
  const known = [...new Set([...names, ...Object.keys(commandPlaces(spec, { init: 0, data: 0, dropout: 0 }))])]
  return trainer.command.flatMap((argument, index) =>
    placesNamed(argument)
      .filter((name) => !known.includes(name))
      .map((name) => ({
        path: `trainer.command[${index}]`,
        message: "names no hyperparameter and nothing else known about a trial",
        found: `{${name}}`,
        allowed: known.map((one) => `{${one}}`).join(", "),
      })),
  )
}
