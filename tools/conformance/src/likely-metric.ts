import { type Measurement, type Metric, metricName, splitOf } from "@tanren/terms"
import { Schema } from "effect"

/** What a program reports does not say in which direction it is better, and whoever asked did not either. */
export class UnknownGoal extends Schema.TaggedError<UnknownGoal>()("UnknownGoal", { metric: Schema.String }) {
  override get message(): string {
    return unknownGoal(this.metric)
  }
}

export const unknownGoal = (metric: string): string =>
  `metric ${metric}: its name does not say whether lower or higher is better; add --metric ${metric} --goal minimize or ` +
  `--goal maximize, or name another with --metric`

/** A metric whose name may leave open what is better. */
export interface NamedMetric {
  readonly name: string
  readonly goal: Metric["goal"] | undefined
}

export const namedMetric = (name: string): NamedMetric => ({ name, goal: metricName(name)?.goal })

const SPLITS = ["validation", "test", "none", "training"] as const
const KINDS = ["rate", "quality", "loss"] as const

/** The name that looks most like what one optimises: on validation data, and known for a metric. */
export const likelyMetric = (curve: ReadonlyArray<Measurement>): NamedMetric | undefined => {
  const names = [...new Set(curve.flatMap(({ metrics: measured }) => Object.keys(measured)))]
  const [first] = names.toSorted((one, other) => rankOf(one) - rankOf(other))
  return first === undefined ? undefined : namedMetric(first)
}

const rankOf = (name: string): number => {
  // The names of docs/trainer-contract.md, whatever else is measured.
  if (name === "valid/error") return -2
  if (name === "valid/loss") return -1
  const kind = metricName(name)?.kind
  return SPLITS.indexOf(splitOf(name)) * (KINDS.length + 1) + (kind === undefined ? KINDS.length : KINDS.indexOf(kind))
}
