import { existsSync } from "node:fs"
import { relative, resolve } from "node:path"
import { tellingLine } from "@tanren/conformance"
import type { Look } from "./look.ts"
import type { Shown } from "./observe.ts"
import type { Proposal } from "./propose.ts"
import type { Script } from "./read-options.ts"
import type { InitRequest } from "./request.ts"
import { leavesOf } from "./subcommand.ts"

/** Why no campaign can be made, and the way out; undefined where nothing speaks against it. */
type Refusal = string | undefined

export const noFiles = ({ script, directory, force }: InitRequest, file: string): Refusal => {
  if (!existsSync(resolve(directory, script))) return `${script}: no such file`
  return existsSync(file) && !force ? `${relative(directory, file)} exists; --force writes it anew` : undefined
}

/** Other ways to declare options, by the modules that they come from. */
const UNREAD: Readonly<Record<string, string>> = {
  transformers: "HfArgumentParser without a dataclass of this file",
  jsonargparse: "jsonargparse",
  lightning: "LightningCLI",
  simple_parsing: "simple_parsing",
  tap: "Tap",
  docopt: "docopt",
  ml_collections: "ml_collections",
  pyrallis: "pyrallis",
  draccus: "draccus",
  omegaconf: "OmegaConf",
}

export const noOptions = ({ script }: InitRequest, read: Script): Refusal => {
  const { kind, config, imports, options, readsArguments } = read
  if (config !== null) {
    return existsSync(config) ? undefined : `${config}: the Hydra configuration that ${script} names does not exist`
  }
  if (options.length > 0) return undefined
  const byHand =
    'or write the campaign by hand (docs/python.md), with its command as command: [python3, train.py, "{lr}"]'
  if (kind !== null) {
    return `${script}: it imports ${kind}, but neither it nor a module beside it declares options with it; name the file that does, ${byHand}`
  }
  const unread = Object.entries(UNREAD).flatMap(([module, way]) => (imports.includes(module) ? [way] : []))
  const why =
    unread.length > 0
      ? `${unread.join(", ")} is not read`
      : readsArguments
        ? "it takes sys.argv apart itself, which does not tell what is what"
        : undefined
  if (why === undefined) {
    return `${script}: it takes no options, what it trains with stands in its text; declare some (argparse, click, …), or write the campaign by hand (docs/python.md) and take its values by tanren.params({"lr": 0.1})`
  }
  return `${script}: ${why}; declare options (argparse, click, typer, Fire, absl's flags, Hydra), ${byHand}`
}

export const whichSubcommand = ({ script }: InitRequest, { commands }: Script): string => {
  const words = leavesOf(commands).map((one) => one.join(" "))
  return `${script}: which of its commands trains (${words.join(", ")})? tanren init ${script} -- ${words[0]}`
}

export const noProposal = (
  { script, extra }: InitRequest,
  { config }: Script,
  { missing, hyperparameters, left }: Proposal,
  told: ReadonlyArray<string>,
): Refusal => {
  if (missing.length > 0) {
    const values = missing.map((name) => (name.startsWith("-") ? `${name} VALUE` : name.toUpperCase()))
    return `${script}: ${missing.join(", ")} must be given: tanren init ${script} -- ${[...extra, ...values].join(" ")}`
  }
  if (hyperparameters.length > 0) return undefined
  const found = left.length === 0 ? "" : ` (it has ${left.join(", ")})`
  const fromFile = left.some((name) => /(^|_)(config|cfg|conf|params_file|hparams)(_|$)/.test(name))
    ? "; what stands in a configuration file is taken by tanren.params(config), in a campaign written by hand (docs/python.md)"
    : ""
  return config === null
    ? `${script}: no option with a number or choices as its default that a campaign could vary${found}; give options defaults, such as --lr with 0.1${fromFile}`
    : [
        `${config}: no number or switch that a campaign could vary, in it or in its defaults' groups; give one a value, such as lr: 0.1`,
        ...told,
      ].join("\n")
}

/** The first run makes it pointless: it crashed, or showed nothing in its time. */
export const noRun = (
  request: InitRequest,
  { reported, environment }: Script,
  { killed, code, lastLines }: Look,
  { curve, onError }: Shown,
): Refusal => {
  const { script, seconds } = request
  if (curve.length > 0) return undefined
  if (!killed && code !== 0) {
    const said = tellingLine(lastLines)
    const wayOut = /^ModuleNotFoundError/.test(said ?? "")
      ? `install it, or name the Python that has it: tanren init ${script} --python .venv/bin/python`
      : ranOtherwise(
          request,
          environment.find((name) => said?.includes(name)),
        )
    return `${script}: it ended with exit code ${code}${said ? `: ${said}` : ""}; ${wayOut}`
  }
  if (onError.length > 0 && reported.length === 0) {
    return (
      `${script}: it writes ${onError.join(", ")} on standard error, which is not read: log on standard output ` +
      "(logging.basicConfig(stream=sys.stdout, …)), print it, or add two lines: import tanren, and " +
      `tanren.report(step, {"${onError.find((name) => name.startsWith("valid/")) ?? "valid/error"}": …})`
    )
  }
  return killed && reported.length === 0
    ? `${script}: within ${seconds} s it neither reported nor printed anything that could be read; allow more ` +
        "(--seconds 1800), give it less to do (arguments after --), or add two lines: import tanren, and " +
        'tanren.report(step, {"valid/error": error})'
    : undefined
}

/** By hand it may run all the same: what differs there, and how to give it. */
const ranOtherwise = ({ script, env, extra }: InitRequest, variable: string | undefined): string => {
  const again = (more: string) => `tanren init ${script} ${more}`
  if (variable !== undefined && process.env[variable] === undefined) {
    return `${variable} is not set: set it, and it is handed on`
  }
  const more = [
    ...(env.length > 0 ? [] : [`a variable more: ${again("--env NAME")}`]),
    ...(extra.length > 0 ? [] : [`arguments: ${again("-- ARGUMENTS")}`]),
  ]
  return (
    "make it run by hand first, in the folder where init is called; of your environment it gets PATH, HOME and the like, " +
    `and what its text names${more.length === 0 ? "" : ` (${more.join("; ")})`}`
  )
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
