import { basename } from "node:path"
import type { ReportData } from "@tanren/report"
import { type Finding, pointKey, type Trial } from "@tanren/terms"
import type { Language } from "@tanren/words"
import { findingsWords } from "./findings.words.ts"
import { noteText } from "./note.words.ts"
import { formatsText } from "./reading-text.ts"
import type { Results } from "./results.ts"

/** Results from elsewhere as a report of one study: no baseline, no decisions, nothing launched. */
export const analysisReport = (
  results: Results,
  findings: ReadonlyArray<Finding>,
  language: Language = "en",
): ReportData => {
  const name = results.files.map((file) => basename(file)).join(", ")
  const { scientific, hyperparameters, fixed } = results
  const nuisance = [...new Set(hyperparameters.map((one) => one.name))].filter((one) => !scientific.includes(one))
  return {
    campaign: name,
    readAs: formatsText(results, language),
    metric: results.chosen.metric,
    status: "analysis",
    goals: [
      {
        question: findingsWords.question(name)[language],
        roles: { scientific, nuisance, fixed },
        caveats: results.notes.map((note) => noteText(note, language)),
        studies: [{ id: name, scientific: {}, searched: hyperparameters, ...apart(results.trials) }],
        findings,
      },
    ],
    decisions: [],
    launched: null,
  }
}

/** The first trial at a point searched it; further ones with the same hyperparameters repeat it and carry the noise. */
const apart = (trials: ReadonlyArray<Trial>) => {
  const first = new Map(trials.toReversed().map((trial) => [pointKey(trial.hyperparameters), trial]))
  const searches = (trial: Trial): boolean => first.get(pointKey(trial.hyperparameters)) === trial
  return { trials: trials.filter(searches), repeats: trials.filter((trial) => !searches(trial)) }
}
