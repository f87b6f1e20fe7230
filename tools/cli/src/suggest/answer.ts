import { contains, type Misfit } from "@tanren/space"
import { readSearchSpace } from "@tanren/space/schema"
import { formatIssue, type Hyperparameter } from "@tanren/terms"
import { Effect } from "effect"
import { badInput, issueLine } from "../bad-input.ts"
import { readData } from "../data-file.ts"
import { readTrialLines, type TrialLine } from "../trials-file.ts"
import { bayes } from "./bayes.ts"
import { type Ask, suggestions } from "./suggestions.ts"

interface Asked extends Omit<Ask, "hyperparameters" | "seed" | "algorithm"> {
  readonly algorithm: Ask["algorithm"] | "bayes"
  readonly space: string
  readonly trials: string | undefined
  readonly pending: string | undefined
  readonly seed: number | undefined
}

/** Suggestions as lines of data, and what there is to be told besides. */
export const answer = Effect.fnUntraced(function* ({ space, trials, pending, seed, algorithm, ...rest }: Asked) {
  const { hyperparameters, metric } = yield* readSpace(space)
  const read = trials === undefined ? [] : yield* readTrialLines(trials)
  const running = pending === undefined ? [] : yield* readTrialLines(pending)
  if (algorithm === "bayes") {
    const { count, from } = rest
    const ask = { hyperparameters, metric, seed: seed ?? 0, count, file: trials, trials: read, pending: running }
    const { lines, notes } = yield* bayes(ask)
    const inVain = from === 0 ? [] : [`Note: bayes follows no sequence; --from ${from} changes nothing`]
    return { lines, notes: [...inVain, ...notes] }
  }
  const asked = { algorithm, ...rest }
  const known = [...read, ...running]
  const points = known.map((trial) => trial.hyperparameters)
  const suggested = suggestions({ hyperparameters, seed: seed ?? 0, ...asked }, points)
  if (!suggested.ok) return yield* badInput(`--algorithm: ${suggested.reason}`)
  const { suggestions: given, met } = suggested
  return {
    lines: given.map((suggestion) => JSON.stringify(suggestion)),
    notes: [
      ...seedNotes(asked.algorithm, seed),
      ...(trials === undefined ? [] : trialNotes(trials, known, met, hyperparameters)),
      ...shortNotes(asked, given.length, met),
    ],
  }
})

const readSpace = Effect.fnUntraced(function* (given: string) {
  if (/\.[cm]?[jt]s$/.test(given)) {
    return yield* badInput(`${given}: a search space is a JSON or YAML file; for a campaign there is \`tanren plan\``)
  }
  const data = yield* readData(given, "a search space (JSON or YAML)")
  const isCampaign = typeof data === "object" && data !== null && ("goals" in data || "trainer" in data)
  if (isCampaign) {
    return yield* badInput(
      `${given}: is a campaign, not a search space; see it with \`tanren plan\`, or give {"hyperparameters": [...]} alone`,
    )
  }
  const decoded = readSearchSpace(data)
  if (!decoded.ok) return yield* badInput(...decoded.issues.map((issue) => issueLine(given, issue)))
  return decoded.space
})

const seedNotes = (algorithm: Ask["algorithm"], seed: number | undefined): ReadonlyArray<string> =>
  seed !== undefined && (algorithm === "grid" || algorithm === "algoperf-halton")
    ? [`Note: ${algorithm} has no seed; --seed ${seed} changes nothing`]
    : []

/** What a trial has besides its place in the space: fixed values, columns of other tools. */
const HARMLESS: ReadonlyArray<Misfit["reason"]> = ["unknown-name", "inactive-given"]

const trialNotes = (
  file: string,
  trials: ReadonlyArray<TrialLine>,
  met: number,
  hyperparameters: ReadonlyArray<Hyperparameter>,
): ReadonlyArray<string> => {
  const strays = trials.flatMap(({ line, hyperparameters: point }) => {
    const fits = contains(hyperparameters, point)
    const [issue] = fits.ok ? [] : fits.issues.filter(({ reason }) => !HARMLESS.includes(reason))
    return issue === undefined ? [] : [{ line, why: formatIssue(issue) }]
  })
  const [first] = strays
  const stray =
    first && `Note: ${file}: ${strays.length} of them lie outside the space (line ${first.line}: ${first.why})`
  const none = met === 0 && trials.length > 0 ? "; are space, algorithm, seed and --from the same as before?" : ""
  return [
    `Note: ${file}: ${met} of ${trials.length} trials are points of this sequence and are not suggested again${none}`,
    ...(stray === undefined ? [] : [stray]),
  ]
}

const shortNotes = ({ algorithm, count, from }: Omit<Ask, "hyperparameters" | "seed">, given: number, met: number) => {
  if (algorithm !== "grid" || given === count) return []
  const why = met > 0 || from > 0 ? ` besides the ${met + from} that are left out` : ""
  return [`Note: a grid of at most ${count} points has ${given} here${why}`]
}
