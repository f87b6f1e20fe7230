import { existsSync, readFileSync } from "node:fs"
import { registerHooks } from "node:module"
import { dirname, extname, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { CampaignSpec } from "@tanren/playbook"
import { decodeCampaign } from "@tanren/playbook/schema"
import { Effect } from "effect"
import { parse } from "yaml"
import { type BadInput, badInput, issueLine } from "./bad-input.ts"

export interface CampaignFile {
  readonly file: string
  /** Every relative path of the campaign starts here. */
  readonly directory: string
  readonly spec: CampaignSpec
  readonly notes: ReadonlyArray<string>
}

/** Reads a campaign from TypeScript, JSON or YAML; all decode through one schema, all errors come at once. */
export const readCampaignFile = Effect.fn("readCampaignFile")(function* (given: string) {
  const file = resolve(given)
  if (!existsSync(file))
    return yield* badInput(`${given}: no such file; give the path of a campaign file (.ts, .json, .yaml)`)
  const decoded = decodeCampaign(yield* load(given, file))
  if (!decoded.ok) return yield* badInput(...decoded.issues.map((issue) => issueLine(given, issue)))
  return { file, directory: dirname(file), spec: decoded.spec, notes: decoded.notes } satisfies CampaignFile
})

const load = (given: string, file: string): Effect.Effect<unknown, BadInput> => {
  const read = (): unknown | Promise<unknown> => {
    switch (extname(file)) {
      case ".json":
        return JSON.parse(readFileSync(file, "utf8"))
      case ".yaml":
      case ".yml":
        return parse(readFileSync(file, "utf8"))
      case ".ts":
      case ".mts":
      case ".js":
      case ".mjs":
        return evaluate(file)
      default:
        throw new Error("a campaign file ends in .ts, .js, .json or .yaml")
    }
  }
  return Effect.tryPromise({
    try: async () => read(),
    catch: (error) => badInput(`${given}: cannot be read: ${error instanceof Error ? error.message : error}`),
  })
}

/** `import … from "tanren"` works in a campaign file wherever it lies. */
let hooked = false
const evaluate = async (file: string): Promise<unknown> => {
  if (!hooked) {
    const author = import.meta.resolve("@tanren/playbook/author")
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === "tanren" ? { url: author, shortCircuit: true } : next(specifier, context),
    })
    hooked = true
  }
  const module = (await import(pathToFileURL(file).href)) as { default?: unknown }
  if (module.default === undefined) throw new Error("it exports no campaign; write `export default campaign({ … })`")
  return module.default
}
