import { createHash } from "node:crypto"
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs"
import { delimiter, isAbsolute, join, resolve } from "node:path"
import type { CampaignSpec } from "@tanren/playbook"
import { Effect } from "effect"
import { badInput } from "./bad-input.ts"
import type { CampaignFile } from "./campaign-file.ts"

/** Whether what the campaign names on disk is there and whole; looked at before anything is started. */
export const preflight = Effect.fn("preflight")(function* ({ file, directory, spec }: CampaignFile) {
  const lines = [...programIssues(spec, directory), ...dataIssues(spec, directory)].map((line) => `${file}: ${line}`)
  if (lines.length > 0) return yield* badInput(...lines)
})

const programIssues = ({ trainer }: CampaignSpec, directory: string): ReadonlyArray<string> => {
  if (trainer.type === "tensorflow") {
    return existsSync(resolve(directory, trainer.script))
      ? []
      : [`trainer.script: ${trainer.script} does not exist in ${directory}; give the training script's path`]
  }
  const [program, ...args] = trainer.command
  const issues: Array<string> = []
  if (program !== undefined && !executable(program, directory)) {
    issues.push(
      `trainer.command[0]: there is no program ${program} on the PATH or in ${directory}; install it or give its path`,
    )
  }
  const script = args.find((arg) => /\.(py|ts|js|mjs|sh|jl|R)$/.test(arg))
  if (script !== undefined && !existsSync(resolve(directory, script))) {
    issues.push(`trainer.command: ${script} does not exist in ${directory}; give the training program's path`)
  }
  return issues
}

const executable = (program: string, directory: string): boolean => {
  const places = program.includes("/")
    ? [isAbsolute(program) ? program : join(directory, program)]
    : (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, program))
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK)
      return statSync(place).isFile()
    } catch {
      return false
    }
  })
}

const dataIssues = ({ trainer }: CampaignSpec, directory: string): ReadonlyArray<string> =>
  trainer.data.flatMap(({ path, sha256 }, index) => {
    const field = `trainer.data[${index}]`
    const place = resolve(directory, path)
    if (!existsSync(place))
      return [`${field}: ${path} does not exist in ${directory}; put the file there, or correct its path`]
    if (sha256 === undefined || statSync(place).isDirectory()) return []
    const found = createHash("sha256").update(readFileSync(place)).digest("hex")
    if (found === sha256) return []
    const bytes = statSync(place).size
    return [
      `${field}: ${path} has ${bytes} bytes with sha256 ${found.slice(0, 12)}…, wanted ${sha256.slice(0, 12)}…: ` +
        "the file is truncated or was changed; restore it, or correct the sum if the change was intended",
    ]
  })
