import { readFileSync } from "node:fs"
import { parse } from "yaml"
import type { ScriptOption } from "./read-options.ts"

/** The scalars of a Hydra configuration, by their dotted names; groups that its `defaults` compose are not followed. */
export const hydraOptions = (config: string): ReadonlyArray<ScriptOption> =>
  flat(parse(readFileSync(config, "utf8")) as unknown, "").filter(({ name }) => !/^(hydra|defaults)(\.|$)/.test(name))

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
        : Number.isInteger(number) && !/[.e]/i.test(String(node))
          ? "int"
          : "float"
  const known = typeof node === "boolean" ? node : Number.isNaN(number) ? (isText ? node : null) : number
  return [
    {
      name: path,
      flag: path,
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
