import { hash32, type Value } from "@tanren/terms"
import type { ValueGroup } from "./groups.ts"

const LONGEST = 100

/**
 * Readable names that any file system and Temporal take, the same for the same goal on every run:
 * `g1.use_dropout=true`, `g2.joint`. Names that would fall together, also where case does not count, get a number.
 */
export const studyIds = (
  goalIndex: number,
  scientific: ReadonlyArray<Readonly<Record<string, Value>>>,
  layout: "each" | "joint" | "single",
): ReadonlyArray<string> =>
  distinct(
    scientific.map((values) => {
      const named = Object.entries(values).map(([name, value]) => `${safe(name)}=${safe(String(value))}`)
      return `g${goalIndex + 1}.${named.length === 0 ? (layout === "joint" ? "joint" : "all") : named.join(",")}`
    }),
  )

/**
 * Ids below one joint study for the groups of values that it holds: `g1.joint.kind=a`,
 * `g1.joint.learning_rate=0.01..0.1`.
 */
export const groupIds = (
  studyId: string,
  groups: ReadonlyArray<Pick<ValueGroup<unknown>, "values">>,
): ReadonlyArray<string> =>
  distinct(
    groups.map(
      ({ values }) => `${studyId}.${values.map(([name, value]) => `${spelt(name)}=${spelt(value)}`).join(",")}`,
    ),
  )

/** The seeds of re-runs come from these ids: commas and equals signs stay, as they always have. */
const spelt = (text: string): string =>
  text
    .replaceAll(", ", ",")
    .replaceAll("…", "..")
    .replace(/[^,=]+/g, safe)

function distinct(names: ReadonlyArray<string>): ReadonlyArray<string> {
  const taken = new Set<string>()
  return names.map((name) => {
    // Such endings are those of refinements and re-runs, which a value's own name must not be mistaken for.
    const full = name.replace(/\.(r\d+|reruns)$/i, "-$1")
    const short = full.length <= LONGEST ? full : `${full.slice(0, LONGEST - 9)}-${hash32(full).toString(16)}`
    let id = short
    for (let number = 2; taken.has(id.toLowerCase()); number++) id = `${short}-${number}`
    taken.add(id.toLowerCase())
    return id
  })
}

/**
 * Ids of a refinement: `.r1`, `.r2`, …
 *
 * @param id of the study as the goal designed it
 */
export const refinedId = (id: string, round: number): string => `${id}.r${round}`

const safe = (text: string): string => text.replace(/[^A-Za-z0-9._+-]/g, "-") || "-"

/** The seed of a study's search. Ids hold the goal's number, so every study of a campaign gets its own. */
export const searchSeed = (campaignSeed: number, studyId: string): number =>
  hash32(JSON.stringify([campaignSeed, "search", studyId])) >>> 1
