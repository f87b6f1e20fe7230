import type { LaunchSide } from "@tanren/playbook"
import { mean } from "@tanren/statistics"
import { randomOf } from "@tanren/terms"
import { decided, type Rate } from "./rates.ts"
import type { World } from "./worlds.ts"

/**
 * A launch of the best of so many values by the very re-runs that picked it, where none gains anything: the interval is
 * widened for as many.
 */
export const picked = (world: World, values: number, repeats: number, cases: number, seed: string): Rate => {
  const random = randomOf(`${seed} picked ${values}`)
  const { goal } = world.metric
  let came = 0
  for (let at = 0; at < cases; at++) {
    const sides = Array.from({ length: values }, () => world.draw(0, repeats, random))
    const candidates = sides.map(([candidate]) => candidate)
    const baseline = sides[0]?.[1]
    const [best] = candidates.toSorted(
      (one, other) => (goal === "minimize" ? 1 : -1) * (mean(one.repeats) - mean(other.repeats)),
    )
    if (best === undefined || baseline === undefined) continue
    if (decided(world, [best, baseline], values).decision === "adopt") came++
  }
  return { of: cases, came }
}

/**
 * A campaign of so many launches of which none gains anything: the baseline's runs are the same for all until one is
 * adopted, and are made anew then, as a goal's re-runs make them.
 */
export const looks = (world: World, launches: number, repeats: number, cases: number, seed: string) => {
  const random = randomOf(`${seed} looks`)
  let [any, all] = [0, 0]
  for (let at = 0; at < cases; at++) {
    let baseline: LaunchSide | undefined
    let adopted = 0
    for (let launch = 0; launch < launches; launch++) {
      const drawn = world.draw(0, repeats, random)
      const sides = [drawn[0], baseline ?? drawn[1]] as const
      const adopts = decided(world, sides).decision === "adopt"
      baseline = adopts ? undefined : sides[1]
      if (adopts) adopted++
    }
    all += adopted
    if (adopted > 0) any++
  }
  return { any: { of: cases, came: any } satisfies Rate, expected: all / cases }
}
