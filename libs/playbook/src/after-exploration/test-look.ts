import { isSealed, type Metric, withUnit } from "@tanren/terms"
import { type SamplingError, samplingErrorOf } from "../adopting-a-change/variances.ts"
import { testLookText } from "./test-look.words.ts"

export const TEST_LOOK_RULE = "test-look@1"

/** One look at the test set, as the record keeps it. Playbook, "After exploration concludes". */
export interface TestLook {
  readonly rule: typeof TEST_LOOK_RULE
  /** The run that the checkpoint is from. */
  readonly trial: string
  readonly step: number
  /** The campaign's metric on the test set, with its unit. */
  readonly metric: Metric
  readonly value: number
  /** The same checkpoint's value on the validation set that chose it; null where none was recorded at that step. */
  readonly validation: number | null
  readonly samplingError: SamplingError | null
  /** Of this checkpoint: 1, 2, … */
  readonly look: number
  /** Of the whole campaign, this one included: 1, 2, … */
  readonly ofCampaign: number
  /** All that the program reported of the test set, by name. */
  readonly metrics: Readonly<Record<string, number>>
  readonly text: string
}

/** What a metric is called where the same is measured on the test set: `valid/error` is `test/error`. */
export const onTestSet = (name: string): string => `test/${name.slice(name.lastIndexOf("/") + 1)}`

export type Looked =
  | { readonly ok: true; readonly look: TestLook }
  /** The program measured no number of that name. */
  | { readonly ok: false; readonly wanted: string; readonly reported: ReadonlyArray<string> }

/**
 * A look from what the program reported when it evaluated the launched checkpoint on the test set.
 *
 * @param metric the campaign's own, of the validation set
 * @param reported by name, at the checkpoint's step
 */
export function testLook(
  metric: Metric,
  reported: Readonly<Record<string, number>>,
  about: Pick<TestLook, "trial" | "step" | "validation" | "look" | "ofCampaign">,
): Looked {
  const metrics = Object.fromEntries(
    Object.entries(reported).filter(([name, one]) => isSealed(name) && Number.isFinite(one)),
  )
  const wanted = onTestSet(metric.name)
  const value = metrics[wanted]
  if (value === undefined) return { ok: false, wanted, reported: Object.keys(metrics) }
  const values = about.validation === null ? [value] : [value, about.validation]
  const told = withUnit({ ...metric, name: wanted }, values)
  const samplingError = samplingErrorOf(told, value, metrics["test/count"])
  const look = { rule: TEST_LOOK_RULE, ...about, metric: told, value, samplingError, metrics } as const
  return { ok: true, look: { ...look, text: testLookText.en(look) } }
}
