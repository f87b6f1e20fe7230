import { existsSync } from "node:fs"
import { relative } from "node:path"
import type { Look } from "./look.ts"
import type { Shown } from "./observe.ts"
import type { Proposal } from "./propose.ts"
import type { Script } from "./read-options.ts"
import type { InitRequest } from "./request.ts"

/** Why no campaign can be made, and the way out; undefined where nothing speaks against it. */
type Refusal = string | undefined

export const noFiles = ({ script, force }: InitRequest, file: string): Refusal => {
  if (!existsSync(script)) return `${script}: no such file`
  return existsSync(file) && !force ? `${relative(process.cwd(), file)} exists; --force writes it anew` : undefined
}

export const noOptions = ({ script }: InitRequest, { kind, config, imports }: Script): Refusal => {
  if (kind === null) {
    return `${script}: none of argparse, click, typer and Hydra is imported${imports.includes("transformers") ? " (HfArgumentParser is not read)" : ""}; docs/python.md shows a campaign written by hand`
  }
  return config === null || existsSync(config)
    ? undefined
    : `${config}: the Hydra configuration that ${script} names does not exist`
}

export const noProposal = (
  { script }: InitRequest,
  { config }: Script,
  { missing, hyperparameters }: Proposal,
  told: ReadonlyArray<string>,
): Refusal => {
  if (missing.length > 0) {
    const values = missing.map((name) => (name.startsWith("-") ? `${name} VALUE` : name.toUpperCase()))
    return `${script}: ${missing.join(", ")} must be given: tanren init ${script} -- ${values.join(" ")}`
  }
  if (hyperparameters.length > 0) return undefined
  return config === null
    ? `${script}: no option with a number or choices as its default that a campaign could vary; give options defaults, such as --lr with 0.1`
    : [
        `${config}: no number or switch that a campaign could vary, in it or in its defaults' groups; give one a value, such as lr: 0.1`,
        ...told,
      ].join("\n")
}

/** The first run makes it pointless: it crashed, or showed nothing in its time. */
export const noRun = (
  { script, extra, seconds }: InitRequest,
  { reported }: Script,
  { killed, code, lastLines }: Look,
  { curve }: Shown,
): Refusal => {
  if (curve.length > 0) return undefined
  if (!killed && code !== 0) {
    const said = lastLines.trim().split("\n").at(-1)?.trim().slice(0, 200)
    const byHand = extra.length > 0 ? "" : ` (arguments that it needs: tanren init ${script} -- ARGUMENTS)`
    return `${script}: it ended with exit code ${code}${said ? `: ${said}` : ""}; make it run by hand first${byHand}`
  }
  return killed && reported.length === 0
    ? `${script}: within ${seconds} s it neither reported nor printed anything that could be read; allow more ` +
        "(--seconds 1800), give it less to do (arguments after --), or add two lines: import tanren, and " +
        'tanren.report(step, {"valid/error": error})'
    : undefined
}

/** Training data alone was measured: nothing that could choose between models. */
export const onlyTraining = ({ script }: InitRequest, { fromStdout }: Shown, names: ReadonlyArray<string>): string =>
  `${script}: ${fromStdout === undefined ? "it reports" : "it prints"} only ${names.join(", ")}, nothing that is known ` +
  `to measure validation data; add that, or name the metric: --metric ${names[0]}`

export const noLength = ({ script }: InitRequest, { curve }: Shown): string => {
  const last = curve.at(-1)?.step
  const stopped = last === undefined ? "" : `, and it was stopped at step ${last}`
  return `${script}: how long it trains is not known: no option such as --steps or --epochs${stopped}; give --steps N`
}
