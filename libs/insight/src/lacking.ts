import type { Evidence } from "@tanren/terms"
import { type Field, type Fields, flag, holds, number, type Of, oneOf, optional, text } from "@tanren/terms/fields"
import { type Language, shortNumber } from "@tanren/words"

/** What a question needs and did not find: the evidence of `too-few-data`. */
const lacking = {
  /** Trials, goals or evaluations: of each what the other fields say. */
  needed: optional(number),
  points: optional(number),
  total: optional(number),
  infeasible: optional(number),
  /** Evaluations of the trial that has the most. */
  evaluations: optional(number),
  trialsNeeded: optional(number),
  /** Trials whose curves are long enough. */
  curves: optional(number),
  curvesNeeded: optional(number),
  /** The curve, or the kind of hyperparameter, that no trial has. */
  missing: optional(text),
  /** Of the best trials, those whose metric never moves. */
  unmoved: optional(number),
  /** Rows that merely repeat the evaluation before count as none. */
  repeated: optional(flag),
  /** Evaluations at uneven intervals count at the longest that most of training had. */
  uneven: optional(flag),
  goals: optional(number),
  /** Different values that the hyperparameter took. */
  distinct: optional(number),
  /** Scientific values, and the feasible trials of the smallest. */
  values: optional(number),
  smallest: optional(number),
} satisfies Fields

export type Lacking = Of<typeof lacking>

/** Why a question was not judged, after its name and a colon; undefined where the evidence does not say. */
export const whyNot = (evidence: Evidence | Lacking, language: Language): string | undefined =>
  holds(lacking, evidence)
    ? reasons.find(({ fits }) => fits(evidence as Evidence))?.[language](evidence as Evidence)
    : undefined

interface Reason {
  readonly fits: (evidence: Evidence) => boolean
  readonly en: (evidence: Evidence) => string
  readonly ja: (evidence: Evidence) => string
}

const reason = <F extends Fields>(
  fields: F,
  en: (evidence: Of<F>) => string,
  ja: (evidence: Of<F>) => string,
): Reason => ({
  fits: (evidence) => holds(fields, evidence),
  en: (evidence) => en(evidence as Of<F>),
  ja: (evidence) => ja(evidence as Of<F>),
})

interface FewTrials {
  readonly needed: number
  readonly points: number
}

const fewTrials = {
  en: ({ needed, points }: FewTrials) =>
    `not judged. It needs at least ${shortNumber(needed)} finished trials; found ${shortNumber(points)}.`,
  ja: ({ needed, points }: FewTrials) =>
    `完了した試行が${shortNumber(needed)}個以上必要ですが，${shortNumber(points)}個しかないため，判断しません．`,
}

const positive: Field<number> = { holds: (value): value is number => number.holds(value) && value > 0 }

/** The first that fits is told. */
const reasons: ReadonlyArray<Reason> = [
  reason(
    { missing: oneOf("learning rate") },
    () => "not judged, because no hyperparameter is known to be a learning rate.",
    () => "学習率とわかるハイパーパラメータがないため，判断しません．",
  ),
  reason(
    { missing: text },
    ({ missing }) => `not judged, because the trials have no curves of ${missing}.`,
    ({ missing }) => `試行の記録に ${missing} の曲線がないため，判断しません．`,
  ),
  reason(
    { unmoved: number },
    ({ unmoved }) => `not judged, because the metric never moves in ${shortNumber(unmoved)} of the best trials.`,
    ({ unmoved }) => `最良の試行のうち${shortNumber(unmoved)}個で指標がまったく動かないため，判断しません．`,
  ),
  reason(
    { evaluations: number, trialsNeeded: number, needed: number, points: number },
    ({ trialsNeeded, needed, points }) =>
      `not judged. It needs at least ${shortNumber(trialsNeeded)} finished trials with ${shortNumber(needed)} evaluations of the metric each; found ${shortNumber(points)}.`,
    ({ trialsNeeded, needed, points }) =>
      `${shortNumber(needed)}回以上の評価をもつ完了した試行が${shortNumber(trialsNeeded)}個以上必要ですが，${shortNumber(points)}個しかないため，判断しません．`,
  ),
  reason(
    { evaluations: number, needed: number, curves: optional(number), repeated: optional(flag), uneven: optional(flag) },
    ({ evaluations, needed, curves, repeated, uneven }) =>
      `not judged. It needs at least ${shortNumber(needed)} evaluations of the metric in each of several finished trials; found ${shortNumber(evaluations)}${curves === undefined ? "" : ` (${shortNumber(curves)} trials with enough)`}${repeated === true ? "; a value that is merely repeated until the next evaluation counts once" : ""}${uneven === true ? "; evaluations at uneven intervals count at the longest interval that most of training had" : ""}.`,
    ({ evaluations, needed, repeated, uneven }) =>
      `完了した試行ごとに${shortNumber(needed)}回以上の評価が必要ですが，${shortNumber(evaluations)}回しかないため，判断しません${repeated === true ? "（次の評価まで繰り返されているだけの値は1回と数えます）" : ""}${uneven === true ? "（不均等な間隔の評価は，大部分を占める間隔で数えます）" : ""}．`,
  ),
  reason(
    { distinct: number, needed: number },
    ({ distinct, needed }) =>
      `not judged. It needs at least ${shortNumber(needed)} different values of the hyperparameter; found ${shortNumber(distinct)}.`,
    ({ distinct, needed }) =>
      `ハイパーパラメータの異なる値が${shortNumber(needed)}個以上必要ですが，${shortNumber(distinct)}個しかないため，判断しません．`,
  ),
  reason(
    { goals: number, needed: number },
    ({ goals, needed }) => `not judged. It needs ${shortNumber(needed)} finished goals; found ${shortNumber(goals)}.`,
    ({ goals, needed }) =>
      `完了した目標が${shortNumber(needed)}個必要ですが，${shortNumber(goals)}個しかないため，判断しません．`,
  ),
  reason(
    { values: number, needed: number, smallest: number },
    ({ values, needed, smallest }) =>
      `not judged. It needs at least two scientific values with ${shortNumber(needed)} feasible trials each; found ${shortNumber(values)} values, the smallest with ${shortNumber(smallest)}.`,
    ({ values, needed, smallest }) =>
      `科学的な値が2つ以上，それぞれ${shortNumber(needed)}個以上の実行可能な試行が必要ですが，値は${shortNumber(values)}個，最も少ない値の試行は${shortNumber(smallest)}個のため，判断しません．`,
  ),
  reason(
    { needed: number, points: number, infeasible: positive },
    ({ needed, points, infeasible }) =>
      `not judged. It needs at least ${shortNumber(needed)} finished trials; found ${shortNumber(points)}, and ${shortNumber(infeasible)} infeasible.`,
    ({ needed, points, infeasible }) =>
      `完了した試行が${shortNumber(needed)}個以上必要ですが，${shortNumber(points)}個しかないため（ほかに実行不可能な試行が${shortNumber(infeasible)}個），判断しません．`,
  ),
  reason({ needed: number, points: number }, fewTrials.en, fewTrials.ja),
  reason(
    { needed: number, total: number },
    ({ needed, total }) => fewTrials.en({ needed, points: total }),
    ({ needed, total }) => fewTrials.ja({ needed, points: total }),
  ),
]
