import {
  BASELINE_STUDY,
  chooseRepeats,
  type Goal,
  lastTenth,
  RERUNS_RULE,
  rerunsOf,
  trialVarianceOf,
} from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { groundOf } from "../../baseline.ts"
import { type Campaign, campaignOf, goalOf } from "../../campaign.ts"
import { decideOnce } from "../../decide-once.ts"
import { recordReruns, withStands } from "../../reruns.ts"
import { soundRowsOf, trialOf } from "../../trials.ts"
import { studiesOf } from "./goal-studies.ts"

/** The re-runs that answer a goal, recorded with their studies. */
export const designReruns = Effect.fn("designReruns")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const goal = yield* goalOf(campaign, ordinal)
  const { outcome } = yield* decideOnce(
    id,
    keys.reruns(ordinal),
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      const { design, all } = yield* studiesOf(campaign, ordinal)
      const rows = yield* Effect.forEach(all, (study) => record.trials(id, study.id))
      const { seedsUndeclared } = yield* groundOf(id, goal)
      const trials = rows.flat().map(trialOf)
      const chosen = yield* chosenRepeats(campaign, goal)
      const repeats = typeof chosen === "number" ? chosen : chosen.repeats
      const made = rerunsOf({ design, trials, metric: campaign.spec.metric, repeats, seedsUndeclared })
      const stands = yield* withStands(campaign, ordinal, repeats, made)
      const outcome = typeof chosen === "number" ? stands : { ...stands, chosen }
      return { rule: RERUNS_RULE, inputs: { repeats, seedsUndeclared }, outcome }
    }),
  )
  return yield* recordReruns(id, ordinal, outcome)
})

/** As the goal says, or by the spread of the baseline's sound runs where it names a gain to show. */
const chosenRepeats = Effect.fnUntraced(function* ({ id, spec }: Campaign, { repeats, leastGain }: Goal) {
  if (typeof repeats === "number") return repeats
  const record = yield* ExperimentRecord
  const rows = yield* record.trials(id, BASELINE_STUDY)
  const sound = soundRowsOf(rows, spec.metric)
  const ends = yield* Effect.forEach(sound, ({ study, index, value }) =>
    Effect.map(record.measurements({ campaign: id, study, index }), (curve) => lastTenth(curve, spec.metric) ?? value),
  )
  const spread = (values: ReadonlyArray<number>) => trialVarianceOf([values])
  return chooseRepeats(repeats, [spread(sound.map(({ value }) => value)), spread(ends)], leastGain?.value)
})
