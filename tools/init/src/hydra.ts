import type { Meaning } from "@tanren/terms"
import { composeDefaults } from "./hydra-defaults.ts"
import { meaningOfOption } from "./meanings.ts"
import type { ScriptOption } from "./read-options.ts"

export interface HydraConfig {
  readonly options: ReadonlyArray<ScriptOption>
  /** What a person should know of the groups that `defaults` compose. */
  readonly notes: ReadonlyArray<string>
}

/** The scalars of a Hydra configuration and of the groups that its `defaults` compose, by their dotted names. */
export const hydraConfig = (config: string): HydraConfig => {
  const { tree, groups, lost } = composeDefaults(config)
  const chosen = Object.entries(groups).map(([group, option]) => `${group} as ${option}`)
  return {
    options: flat(tree, "").filter(({ name }) => name !== "" && !/^hydra(\.|$)/.test(name)),
    notes: [
      ...(chosen.length === 0 ? [] : [`configuration groups stay as they are: ${chosen.join(", ")}`]),
      ...(lost.length === 0
        ? []
        : [
            `not read, of the configuration's defaults: ${lost.join("; ")}; what should be tuned there goes into the command and the hyperparameters by hand, as optimizer.lr={lr}`,
          ]),
    ],
  }
}

/** `dropout: 0.0` and `grad_clip: 1.0` are whole numbers to YAML, not to whoever wrote them. */
const isShare = (path: string, number: number): boolean =>
  number <= 1 && FRACTIONS.includes(meaningOfOption({ name: path, kind: "float" }))
const FRACTIONS: ReadonlyArray<Meaning> = ["learning-rate", "momentum", "beta1", "beta2", "regulariser", "clipping"]

const flat = (node: unknown, path: string): ReadonlyArray<ScriptOption> => {
  if (typeof node === "object" && node !== null && !Array.isArray(node)) {
    return Object.entries(node).flatMap(([key, value]) => flat(value, path === "" ? key : `${path}.${key}`))
  }
  const isText = typeof node === "string"
  // `1e-3` without a dot is a text to YAML 1.1, a number to whoever wrote it.
  const number = typeof node === "number" ? node : isText && node.trim() !== "" ? Number(node) : Number.NaN
  const kind =
    typeof node === "boolean"
      ? "bool"
      : Number.isNaN(number)
        ? isText
          ? "str"
          : "other"
        : Number.isInteger(number) && !/[.e]/i.test(String(node)) && !isShare(path, number)
          ? "int"
          : "float"
  const known = typeof node === "boolean" ? node : Number.isNaN(number) ? (isText ? node : null) : number
  return [
    {
      name: path,
      flag: path,
      command: [],
      kind,
      default: known,
      computed: isText && node.includes("${"),
      choices: null,
      low: null,
      high: null,
      on: null,
      off: null,
      required: node === "???",
      several: Array.isArray(node),
      help: "",
    },
  ]
}
