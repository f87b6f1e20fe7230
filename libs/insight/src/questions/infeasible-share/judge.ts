import { binomialUpper } from "@tanren/statistics"
import type { Action } from "@tanren/terms"
import { fitSurface } from "../../study/response-surface.ts"
import type { Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { bestCut, type Cut, thresholds as inCuts, quality } from "./cut.ts"
import { pileUp } from "./pile-up.ts"
import { compared, share } from "./words.ts"

export const thresholds = {
  infeasibleTolerated: judgement(0.2, "a fifth of the trials is the price of a wide space"),
  infeasibleProblem: judgement(
    1 / 3,
    "the playbook says a very large share; from here on each two useful trials cost one more",
  ),
  infeasibleUndecided: significance(0.2, "of so few infeasible trials, were a third of the space infeasible"),
  cutExplains: judgement(
    0.7,
    "share of the infeasible trials that a cut must remove, keeping nearly all feasible ones",
  ),
  cutExplainsFew: judgement(0.5, "as much of few trials, by a scientific value: rather no action than a wrong one"),
  cutFewTrials: judgement(24, "trials, below which a cut by a scientific value is told of on less"),
  unevenChance: significance(0.01, "that feasible and infeasible trials lie apart by luck: no sign of a bug"),
  cutChance: significance(0.01, "that a cut which explains less would do as well by luck, shared among all cuts tried"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCuts, ...thresholds })

/**
 * Playbook, "Extracting insight from experimental results": what share of the trials is infeasible? A very large one
 * asks for another space (or parametrisation); wherever they lie, for a look at the training code. Where a scientific
 * value is what makes them infeasible, that is a result: it is said apart, and the others are judged without it.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const whole = lookAt(study)
  const cut = whole.large ? comparedCut(study) : undefined
  if (cut === undefined) return [told(study, whole)]
  const rest = {
    ...study,
    points: study.points.filter((point) => !cut.holds(point)),
    infeasible: study.infeasible.filter((point) => !cut.holds(point)),
  }
  const apart = judged(compared, {
    subject: cut.expression,
    verdict: "watch",
    evidence: { infeasible: study.infeasible.length, scientific: true, ...shown(cut) },
    trials: study.infeasible.filter(cut.holds).map(({ trial }) => trial.id),
  })
  return [told(rest, lookAt(rest)), apart]
}

/** The scientific values that explain it, where some do: cutting them would take away the question. */
const comparedCut = (study: Study): Cut | undefined => {
  const scientific = study.axes.filter((axis) => axis.scientific)
  const found = scientific
    .flatMap((axis) => bestCut(study, [axis], "to-tell") ?? [])
    .sort((a, b) => quality(b) - quality(a))[0]
  if (found === undefined) return undefined
  const best = bestCut(study, study.axes, "to-tell") ?? found
  // What is compared goes first: another cut that is about as good may be its shadow.
  const isBest = found.chance <= best.chance || quality(best) <= quality(found) + limit("cutTie")
  const few = study.points.length + study.infeasible.length < limit("cutFewTrials")
  const explains = quality(found) >= limit(few ? "cutExplainsFew" : "cutExplains")
  return explains || (isBest && found.chance <= limit("cutChance")) ? found : undefined
}

interface Seen {
  readonly total: number
  /** Of so many infeasible trials, were a tolerable share of the space infeasible. */
  readonly chance: number
  readonly large: boolean
  /** What explains most of them, or more of them than luck would. */
  readonly cut: Cut | undefined
  /** Whether the best point lies there, or more of the best few than of all: it explains, and must not be cut. */
  readonly holdsBest: boolean
  /** Whether they lie as much here as there. */
  readonly everywhere: boolean
}

const lookAt = (study: Study): Seen => {
  const infeasible = study.infeasible.length
  const total = study.points.length + infeasible
  const chance = binomialUpper(infeasible, total, limit("infeasibleTolerated"))
  const large =
    total >= limit("leastPoints") && infeasible / total >= limit("infeasibleProblem") && chance <= limit("significance")
  const where = explaining(bestCut(study, study.axes, "to-tell"))
  // Another parametrisation takes nothing away.
  const cut = where !== undefined && where.of.length > 1 ? where : explaining(bestCut(study))
  const told = cut ?? where
  const everywhere = large && told === undefined && !isUneven(study)
  return { total, chance, large, cut: told, holdsBest: cut === undefined && told !== undefined, everywhere }
}

const explaining = (cut: Cut | undefined): Cut | undefined =>
  cut !== undefined && (quality(cut) >= limit("cutExplains") || cut.chance <= limit("cutChance")) ? cut : undefined

/** Whether some part of the space holds more of them than another, by a boundary of whatever form. */
const isUneven = (study: Study): boolean => {
  const coordinates = [...study.points, ...study.infeasible].map((point) => point.coordinates)
  const marks = coordinates.map((_, i) => (i < study.points.length ? 0 : 1))
  if (study.points.length === 0 || study.infeasible.length === 0) return false
  return fitSurface(study.axes, coordinates, marks).p <= limit("unevenChance")
}

const told = (study: Study, { total, chance, large, cut, holdsBest, everywhere }: Seen): Judged => {
  const infeasible = study.infeasible.length
  const trials = study.infeasible.map(({ trial }) => trial.id)
  const causes: Record<string, number> = {}
  for (const { cause } of study.infeasible) causes[cause] = (causes[cause] ?? 0) + 1
  const counted = { infeasible, total }
  const seen = {
    share: total > 0 ? infeasible / total : 0,
    causes,
    trulyBadAbove: study.badAbove === undefined ? null : study.sign * study.badAbove,
    trulyBadBy: study.badBy ?? null,
    perhapsBad: study.perhapsBad,
  }
  if (total < limit("leastPoints"))
    return notJudged(share, { lacking: { ...counted, needed: limit("leastPoints") }, seen, trials })
  // Few trials cannot tell a large share of the space from a small one: then it is not called fine.
  const chanceOfSoFew = 1 - binomialUpper(infeasible + 1, total, limit("infeasibleProblem"))
  const perhaps = (infeasible + study.perhapsBad) / total >= limit("infeasibleProblem")
  const undecided =
    !large && (perhaps || (chance > limit("significance") && chanceOfSoFew > limit("infeasibleUndecided")))
  // Where the best lie among them nothing is to be cut, and where they only seem to lie all over no bug is suspected.
  const canAct = everywhere || (cut !== undefined && !holdsBest)
  const verdict = large && canAct ? "problem" : large || chance <= limit("significance") || undecided ? "watch" : "fine"
  return judged(share, {
    verdict,
    evidence: {
      ...counted,
      ...seen,
      chance,
      undecided,
      everywhere,
      holdsBest,
      ...pileUp(study),
      ...(cut === undefined ? {} : shown(cut)),
    },
    trials,
    action: verdict === "problem" ? actionFor(cut) : undefined,
  })
}

const shown = (cut: Cut) => ({
  cut: cut.expression,
  ...("values" in cut.where ? { values: cut.where.values } : cut.where),
  removes: cut.removes,
  loses: cut.loses,
  chanceOfCut: cut.chance,
})

/** Neither a hyperparameter nor a pair has to do with it: trials are infeasible wherever they lie. */
const actionFor = (cut: Cut | undefined): Action => {
  if (cut === undefined) return { type: "suspect-bug", where: "training-program" }
  const [axis, other] = cut.of
  if (axis === undefined || other !== undefined)
    return { type: "reparametrise", expression: cut.expression, of: cut.of.map(({ key }) => key) }
  if ("values" in cut.where) return { type: "cut-values", hyperparameter: axis.key, keep: cut.where.keep }
  const at = Number(cut.where.at.toPrecision(4))
  return { type: "cut", hyperparameter: axis.key, ...(cut.where.side === "above" ? { high: at } : { low: at }) }
}
