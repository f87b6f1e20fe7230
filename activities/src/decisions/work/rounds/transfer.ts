import { type Pair, transferOf } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { pointKey } from "@tanren/terms"
import { Effect } from "effect"
import { discardKept } from "../../../train/kept.ts"
import { baselineNoise } from "../../baseline.ts"
import { campaignOf } from "../../campaign.ts"
import { decided, decideOnce } from "../../decide-once.ts"
import { whatStandsAt } from "../../what-stands.ts"
import { pointsOf } from "./points.ts"
import { readSearch } from "./search-findings.ts"

/**
 * Once a round has run: the checklist on round 1's search, and of a later round what of the one before it still holds, on
 * the points that ran at both lengths.
 */
export const judgeRound = Effect.fn("judgeRound")(function* (id: string, place: number, round: number) {
  const campaign = yield* campaignOf(id)
  if (round === 1) return yield* readSearch(campaign, place)
  yield* decideOnce(
    id,
    keys.transfer(place, round - 1),
    Effect.gen(function* () {
      const stands = yield* whatStandsAt(campaign, place)
      const before = yield* decided(id, keys.round(place, round - 1))
      const now = yield* decided(id, keys.round(place, round))
      const short = yield* pointsOf(campaign, place, before, stands)
      const long = yield* pointsOf(campaign, place, now, stands)
      const wanted = now.study?.points ?? []
      const pairs = wanted.flatMap((hyperparameters, at): ReadonlyArray<Pair> => {
        const key = pointKey(hyperparameters)
        const [one, other] = [short, long].map((points) =>
          points.find((point) => pointKey(point.hyperparameters) === key),
        )
        if (one === undefined || other === undefined) return []
        const isWhatStands = key === pointKey(stands.hyperparameters)
        const continued = (now.study?.goesOn?.[at] ?? null) !== null
        const pair = { hyperparameters, short: one.value, long: other.value, stands: isWhatStands }
        return [continued ? { ...pair, continued } : pair]
      })
      const made = transferOf({
        round: round - 1,
        from: before.layout.rounds[round - 2]?.training.maxTrainSteps ?? 0,
        to: now.layout.rounds[round - 1]?.training.maxTrainSteps ?? 0,
        pairs,
        lost: wanted.length - long.length,
        hyperparameters: campaign.spec.hyperparameters,
        metric: campaign.spec.metric,
        noise: yield* baselineNoise(id),
      })
      return { rule: made.rule, inputs: { pairs }, outcome: made }
    }),
  )
  // The runs that could go on from those of the round before have ended.
  const before = yield* decided(id, keys.round(place, round - 1))
  const studies = yield* (yield* ExperimentRecord).studies(id)
  yield* discardKept(
    id,
    studies.filter(({ id: study }) => study === before.study?.id),
  )
})
