import type { Subject } from "@tanren/conformance"
import type { Metric } from "@tanren/terms"
import type { Look } from "./look.ts"
import { type Shown, stepsWith } from "./observe.ts"
import type { Proposal } from "./propose.ts"

/** A script that is told its length in epochs, and counts what it reports in batches. */
export interface OtherCount {
  /** The proposal in the unit that is reported: the length that the script is told stays what it is. */
  readonly proposal: Proposal
  /** The run that showed it, in this unit: what it was told, and how far it went. */
  readonly short: { readonly args: ReadonlyArray<string>; readonly steps: number; readonly every: number }
}

/** A last batch may pass the length; twice the length is another unit. */
const OTHER_UNIT = 2

/**
 * What to make of steps that pass the length which was asked for: undefined where there are none, a sentence where the
 * two cannot be brought together.
 *
 * @param script as a person would name it
 * @param asked the length that it was told, and its cadence
 */
export const otherCount = (
  script: string,
  proposal: Proposal,
  { steps: asked, every: cadence }: Pick<Subject, "steps" | "every">,
  { killed }: Pick<Look, "killed">,
  { curve }: Pick<Shown, "curve">,
  metric: Metric,
): OtherCount | string | undefined => {
  const last = curve.at(-1)?.step ?? 0
  if (!proposal.shortenable || last < OTHER_UNIT * asked) return undefined
  const { most, unit, every } = proposal.steps
  const flag = flagOf(proposal.args)
  if (killed || most === null) {
    const given = flag.startsWith("-") ? `${flag} LENGTH` : `${flag}=LENGTH`
    const why = killed ? "It was stopped there" : `${flag} has no default`
    return (
      `${script} was told ${flag} ${asked} and reported step ${last}. ${why}, so that its whole length in such ` +
      `steps is not known: report in ${unit}s (tanren.report(${unit}, …)), or give both, N the last step that it reports: ` +
      `tanren init ${script} --steps N -- ${given}`
    )
  }
  const each = last / asked
  const [first = last, second] = stepsWith(curve, metric)
  const gap = second === undefined ? first : second - first
  // Where the last evaluation is not at the end, the whole length falls between two of them.
  const whole = last % asked === 0 ? each * most : Math.ceil((each * most) / gap) * gap
  const told = (length: number, evaluations: number) =>
    proposal.args.map((arg) =>
      arg.replaceAll("{maxTrainSteps}", String(length)).replaceAll("{evalEverySteps}", String(evaluations)),
    )
  return {
    proposal: {
      ...proposal,
      args: told(most, every ?? cadence),
      steps: { most: whole, every: every === null ? null : gap * every, unit: "step" },
      shortenable: false,
      notes: [
        ...proposal.notes,
        `${script} reports steps, about ${Math.round(each)} to one of ${flag}: its length is counted in steps and stays ` +
          `at ${flag} ${most}, so that nothing can train it for longer; where it reports ${unit}s instead ` +
          `(tanren.report(${unit}, …)), a campaign can`,
      ],
    },
    short: { args: told(asked, cadence), steps: last, every: Math.min(gap, last) },
  }
}

const flagOf = (args: ReadonlyArray<string>): string => {
  const at = args.findIndex((arg) => arg.includes("{maxTrainSteps}"))
  return args[at] === "{maxTrainSteps}" ? (args[at - 1] ?? "") : (args[at] ?? "").replace("={maxTrainSteps}", "")
}
