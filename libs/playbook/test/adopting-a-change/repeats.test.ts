import { describe, expect, test } from "vitest"
import { chooseRepeats, gainShown } from "../../src/adopting-a-change/repeats.ts"
import { launchRepeats } from "../../src/index.ts"

const spread = (sd: number) => ({ sd, df: 4 })

describe("as many re-runs as a gain asks for", () => {
  test("more for a smaller gain, never fewer than the baseline has, never more than allowed", () => {
    const asked = (toShow: number, atMost = 20) => chooseRepeats({ toShow, atMost }, [spread(0.01), spread(0.01)])
    expect(asked(0.5)).toMatchObject({ rule: "repeats@1", repeats: 5, shown: true, noise: { best: 0.01, end: 0.01 } })
    expect(asked(0.013).repeats).toBe(launchRepeats(0.013, [spread(0.01), spread(0.01)]))
    expect(asked(0.013).repeats).toBeGreaterThan(10)
    expect(asked(0.003)).toMatchObject({ repeats: 20, shown: false })
    expect(asked(0.003, 1000).repeats).toBeGreaterThan(150)
  })

  test("by whichever spread is the wider, best step or last tenth", () => {
    const by = (best: number, end: number) => chooseRepeats({ toShow: 0.02, atMost: 50 }, [spread(best), spread(end)])
    expect(by(0.01, 0.02).repeats).toBe(by(0.02, 0.01).repeats)
    expect(by(0.01, 0.02).repeats).toBeGreaterThan(by(0.01, 0.01).repeats)
  })

  test("what the change costs is no gain to show", () => {
    const asked = { toShow: 0.03, atMost: 50 }
    const noise = [spread(0.01), spread(0.01)] as const
    expect(chooseRepeats(asked, noise, 0.01).repeats).toBe(chooseRepeats({ ...asked, toShow: 0.02 }, noise).repeats)
  })

  test("as many as the baseline has where its runs show no spread", () => {
    for (const best of [null, spread(0)])
      expect(chooseRepeats({ toShow: 0.01, atMost: 20 }, [best, null])).toMatchObject({ repeats: 5, noise: null })
  })
})

test("what so many re-runs show agrees with how many a gain asks for", () => {
  for (const repeats of [3, 5, 8, 20, 100]) {
    const gain = gainShown(repeats)!
    expect(launchRepeats(gain, [spread(1), spread(1)])).toBe(repeats)
  }
  expect(gainShown(1)).toBeNull()
})
