import { chooseRepeats, type LaunchSide, trialVarianceOf } from "@tanren/playbook"
import { mean } from "@tanren/statistics"
import { randomOf } from "@tanren/terms"
import { decided, type Rate, unitOf } from "./rates.ts"
import type { World } from "./worlds.ts"

const BASELINE = 5

/**
 * Launches whose number of re-runs is chosen by the spread of the baseline's five runs, for a gain of `toShow` noises; these
 * five count as runs of the baseline, as they do in a campaign.
 *
 * @param gain the true one, in noises
 */
export const chosen = (world: World, toShow: number, atMost: number, gain: number, cases: number, seed: string) => {
  const random = randomOf(`${seed} chosen ${world.name} ${toShow} ${gain}`)
  const unit = unitOf(world, seed)
  let adopted = 0
  const counts: Array<number> = []
  for (let at = 0; at < cases; at++) {
    const first = world.draw(0, BASELINE, random)[1]
    const spread = [trialVarianceOf([first.repeats]), trialVarianceOf([first.lastTenths ?? []])] as const
    const { repeats } = chooseRepeats({ toShow: toShow * unit, atMost }, spread)
    const [candidate, more] = world.draw(gain, repeats, random)
    const kept = repeats - BASELINE
    const baseline: LaunchSide = {
      ...more,
      repeats: [...first.repeats, ...more.repeats.slice(0, kept)],
      lastTenths: [...(first.lastTenths ?? []), ...(more.lastTenths ?? []).slice(0, kept)],
    }
    if (decided(world, [candidate, baseline]).decision === "adopt") adopted++
    counts.push(repeats)
  }
  return { adopted: { of: cases, came: adopted } satisfies Rate, repeats: mean(counts) }
}
