import { answers } from "@tanren/insight"
import { type GoalDesign, isKnownKind, type Policy } from "@tanren/playbook"
import { type GoalStanding, newestFindings, type Source, type Standing, type StudyRow } from "@tanren/record"
import type { GoalReport, LaunchReport, StudyReport, TrialReport } from "@tanren/report"
import type { Finding, Value } from "@tanren/terms"
import { asRan, byLength, lengthsOf } from "./report-lengths.ts"
import { byBatch, tuningReport, withReruns } from "./report-tuning.ts"

type StudyWithTrials = Omit<StudyRow, "trials"> & { readonly trials: ReadonlyArray<TrialReport> }

/** Nothing for work that has not started yet. Only goals have roles and findings; the rest all kinds of work share. */
export const goalReport = (
  standing: GoalStanding,
  studies: ReadonlyArray<StudyWithTrials>,
  policy: Policy,
  longer: Standing["longer"],
): ReadonlyArray<GoalReport> => {
  const { ordinal, source, answer } = standing
  const lengths = lengthsOf(standing)
  const tuning = tuningReport(standing)
  const design = standing.design ?? lengths?.[0]?.decided.design ?? tuning?.space.design ?? null
  const ordered = lengths !== undefined ? asRan(lengths) : tuning !== undefined ? byBatch(tuning) : asDesigned(design)
  const mine = studies.filter((study) => study.goal === ordinal).toSorted(ordered)
  if (design === null && mine.length === 0) return []
  const repeats = mine.filter(({ purpose }) => purpose === "repeats")
  const told = {
    roles: design === null ? { scientific: [], nuisance: [], fixed: {} } : rolesIn(design),
    studies: mine.flatMap((study) =>
      study.purpose === "search"
        ? [studyReport(study, repeats, source)]
        : study.of === null && lengths === undefined && tuning === undefined
          ? [onItsOwn(study, source)]
          : [],
    ),
  }
  return [
    {
      question: isKnownKind(standing.goal) ? standing.goal.question : standing.goal.kind,
      caveats: design?.caveats ?? [],
      ...told,
      ...(lengths && {
        lengths,
        ...byLength(
          told,
          lengths,
          repeats.flatMap(({ trials }) => trials),
        ),
      }),
      ...(tuning && {
        tuning,
        studies: withReruns(
          told.studies,
          repeats.flatMap(({ trials }) => trials),
        ),
      }),
      ...(longer?.goal === ordinal && { longer }),
      findings: findingsOf(standing),
      answer,
      launch: launchReport(standing, policy),
    },
  ]
}

/** A hyperparameter that no study of the goal has plays no role in it. */
const rolesIn = (design: GoalDesign): GoalReport["roles"] => {
  const present = new Set(
    design.studies.flatMap(({ searched, held }) => [...searched.map(({ name }) => name), ...Object.keys(held)]),
  )
  const named = (role: string) => design.roles.filter((one) => one.role === role && present.has(one.name))
  return {
    scientific: named("scientific").map(({ name }) => name),
    nuisance: named("nuisance").map(({ name }) => name),
    fixed: fixedValues(design),
  }
}

/** Scientific values in the order that they were declared in, each before its refinements. */
const asDesigned =
  (design: GoalDesign | null) =>
  (one: StudyWithTrials, other: StudyWithTrials): number => {
    const place = ({ id, of }: StudyWithTrials) => design?.studies.findIndex((study) => study.id === (of ?? id))
    return (place(one) ?? 0) - (place(other) ?? 0) || one.round - other.round
  }

/** The launch as it was settled, with the numbers of the rule's own decision behind it. */
const launchReport = ({ launch, proposal }: GoalStanding, { launch: policy }: Policy): LaunchReport | null => {
  if (launch === null) return null
  return {
    ...launch,
    // Keeping the baseline is what happens; that nothing was decided is what a reader should know.
    ...(proposal?.decision === "undecided" ? { decision: "undecided" } : {}),
    ...(proposal === null ? {} : { proposal }),
    ...(policy.ask ? { silent: policy.then } : {}),
  }
}

/** What was judged at the campaign's end counts the goal itself, which its own findings could not. */
const findingsOf = (standing: GoalStanding): ReadonlyArray<Finding> => {
  const found = newestFindings(standing)
  const { gains } = standing
  const isOfGains = answers("gains-saturated")
  return gains === null ? found : [...found.filter((finding) => !isOfGains(finding)), ...gains]
}

const fixedValues = (design: GoalDesign): Readonly<Record<string, Value>> => {
  const fixed = new Set(design.roles.filter(({ role }) => role === "fixed").map(({ name }) => name))
  const held = design.studies.flatMap((study) => Object.entries(study.held))
  return Object.fromEntries(held.filter(([name]) => fixed.has(name)))
}

/** Files that no commit held as they were; a few of them by name. */
const unsubmitted = (source: Source | null): string | undefined => {
  if (source === null || source.changed.length === 0) return undefined
  const named = source.changed.slice(0, 4)
  const more = source.changed.length + source.more - named.length
  return `${named.join(", ")}${more > 0 ? ` (+ ${more})` : ""}`
}

/** Re-runs that belong to no study of the work: of what stands, or of points from several. No trial of them was a search's. */
const onItsOwn = (study: StudyWithTrials, source: Source | null): StudyReport => ({
  ...studyReport(study, [], source),
  trials: [],
  repeats: study.trials,
})

/** The re-runs of a study's best trials belong beside the study itself, not beside its refinements. */
const studyReport = (
  study: StudyWithTrials,
  repeats: ReadonlyArray<StudyWithTrials>,
  source: Source | null,
): StudyReport => {
  const design = study.design
  return {
    id: study.id,
    scientific: study.scientific,
    searched: design.searched,
    drawn: design.algorithm !== "grid" && design.algorithm !== "listed",
    notes: [
      design.algorithm,
      design.algorithm === "grid" || design.algorithm === "listed" ? "" : `seed ${design.seed}`,
      source === null ? "" : `commit ${source.commit.slice(0, 10)}`,
    ]
      .filter((part) => part !== "")
      .join(", "),
    unsubmitted: unsubmitted(source),
    trials: study.trials,
    repeats: repeats.filter(({ of }) => of === study.id).flatMap(({ trials }) => trials),
  }
}
