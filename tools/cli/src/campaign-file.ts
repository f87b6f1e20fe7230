import { existsSync, readFileSync, statSync } from "node:fs"
import { registerHooks } from "node:module"
import { dirname, extname, join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { CampaignSpec } from "@tanren/playbook"
import { decodeCampaign } from "@tanren/playbook/schema"
import { Effect } from "effect"
import { type BadInput, badInput, issueLine } from "./bad-input.ts"
import { atLine, readData } from "./data-file.ts"

const WANTED = "a campaign file (.ts, .js, .json or .yaml)"

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
  if (!existsSync(file)) return yield* badInput(`${given}: no such file; give the path of ${WANTED}`)
  if (statSync(file).isDirectory()) {
    const inside = ["campaign.ts", "campaign.json", "campaign.yaml"].find((name) => existsSync(join(file, name)))
    return yield* badInput(`${given}: is a folder; give the path of ${inside ? join(given, inside) : WANTED}`)
  }
  const decoded = decodeCampaign(yield* load(given, file))
  if (!decoded.ok) return yield* badInput(...decoded.issues.map((issue) => issueLine(given, issue)))
  return { file, directory: dirname(file), spec: decoded.spec, notes: decoded.notes } satisfies CampaignFile
})

const load = (given: string, file: string): Effect.Effect<unknown, BadInput> => {
  switch (extname(file)) {
    case ".json":
    case ".yaml":
    case ".yml":
      return readData(given, WANTED)
    case ".ts":
    case ".mts":
    case ".js":
    case ".mjs":
      return Effect.tryPromise({
        try: () => evaluate(file),
        catch: (error) =>
          badInput(
            `${given}: cannot be read: ${placeOf(error, file)}${error instanceof Error ? error.message : error}`,
          ),
      })
    default:
      return badInput(`${given}: is not ${WANTED}`)
  }
}

/** The line of the file at which it went wrong, as far as the error knows. */
const placeOf = (error: unknown, file: string): string => {
  const stack = error instanceof Error ? (error.stack ?? "") : ""
  const [place = ""] = /^\d+(:\d+)?/.exec(stack.split(`${file}:`)[1] ?? "") ?? []
  // 1:1 is what V8 gives where it does not know.
  if (place === "" || place === "1:1") return ""
  return atLine(readFileSync(file, "utf8"), Number.parseInt(place, 10))
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
