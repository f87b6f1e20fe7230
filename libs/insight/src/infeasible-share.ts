import { type Action, type Finding, finding } from "./finding.ts"
import { bestCut, type Cut, quality } from "./infeasible-cut.ts"
import { binomialUpper } from "./statistics/distributions.ts"
import type { Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/**
 * Playbook, "Extracting insight from experimental results": what share of the trials is infeasible? A very large one
 * asks for another space (or parametrisation); everywhere, for a look at the training code.
 */
export const infeasibleShare = (study: Study): ReadonlyArray<Finding> => {
  const infeasible = study.infeasible.length
  const total = study.points.length + infeasible
  const share = total > 0 ? infeasible / total : 0
  const about = { question: "infeasible-share", trials: study.infeasible.map(({ trial }) => trial.id) } as const
  const causes: Record<string, number> = {}
  for (const { cause } of study.infeasible) causes[cause] = (causes[cause] ?? 0) + 1
  const counted = {
    infeasible,
    total,
    share,
    causes,
    trulyBadAbove: study.badAbove === undefined ? null : study.sign * study.badAbove,
  }
  if (total < limit("minimumPoints") / 2)
    return [
      finding({ ...about, verdict: "too-few-data", evidence: { ...counted, needed: limit("minimumPoints") / 2 } }),
    ]
  const chance = binomialUpper(infeasible, total, limit("infeasibleTolerated"))
  const large = share >= limit("infeasibleProblem") && chance <= limit("significance")
  const cut = bestCut(study)
  const explains = cut !== undefined && quality(cut) >= limit("cutExplains") ? cut : undefined
  const bug = share >= limit("infeasibleEverywhere") && explains === undefined
  // Few trials cannot tell a large share of the space from a small one: then it is not called fine.
  const chanceOfSoFew = 1 - binomialUpper(infeasible + 1, total, limit("infeasibleProblem"))
  const undecided = !large && chance > limit("significance") && chanceOfSoFew > limit("infeasibleUndecided")
  const verdict = large ? "problem" : chance <= limit("significance") || undecided ? "watch" : "fine"
  return [
    finding({
      ...about,
      verdict,
      evidence: {
        ...counted,
        chance,
        undecided,
        everywhere: bug,
        ...(explains === undefined
          ? {}
          : {
              cut: explains.expression,
              side: explains.side,
              at: explains.at,
              removes: explains.removes,
              loses: explains.loses,
            }),
      },
      ...(verdict === "problem" ? { action: actionFor(explains, bug) } : {}),
    }),
  ]
}

const actionFor = (cut: Cut | undefined, everywhere: boolean): Action => {
  if (cut === undefined)
    return everywhere
      ? { type: "suspect-bug", where: "the training program: trials are infeasible wherever they lie" }
      : { type: "suspect-bug", where: "no hyperparameter explains which trials are infeasible" }
  const at = Number(cut.at.toPrecision(4))
  if (cut.of.length > 1)
    return { type: "reparametrise", expression: cut.expression, of: cut.of.map((axis) => axis.key) }
  return { type: "cut", hyperparameter: cut.of[0]!.key, ...(cut.side === "above" ? { high: at } : { low: at }) }
}
