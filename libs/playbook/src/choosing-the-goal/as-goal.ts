import type { CampaignSpec, Goal } from "../campaign/campaign.ts"

/** The search of another kind of work as the goal that it is: nothing is compared, what is not fixed is nuisance. */
export const asGoal = (
  work: Pick<Goal, "question" | "fixed" | "overrides"> & { readonly repeats: number },
  trials: number,
  nuisance: ReadonlyArray<string> = [],
): Goal => ({
  ...{ kind: "goal", question: work.question, direction: "exploit", scientific: [], nuisance, fixed: work.fixed },
  ...{ trials, algorithm: "halton", studies: "auto", repeats: work.repeats, overrides: work.overrides },
})

/** None of such a search's trials is kept back for refinement. */
export const unrefined = (spec: CampaignSpec): CampaignSpec => ({
  ...spec,
  policy: { ...spec.policy, refine: "never" },
})
