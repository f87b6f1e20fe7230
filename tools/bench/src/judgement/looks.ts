import type { LaunchSide } from "@tanren/playbook"
import { randomOf } from "@tanren/terms"
import { decided, type Rate } from "./rates.ts"
import type { World } from "./worlds.ts"

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
