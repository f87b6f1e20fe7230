import { basename } from "node:path"
import type { Finding } from "@tanren/insight"
import type { ReportData } from "@tanren/report"
import type { Results } from "./results.ts"
import { wordsFor } from "./wording/index.ts"
import type { Language } from "./wording/words.ts"

/** Results from elsewhere as a report of one study: no baseline, no decisions, nothing launched. */
export const analysisReport = (
  results: Results,
  findings: ReadonlyArray<Finding>,
  language: Language = "en",
): ReportData => {
  const words = wordsFor(language)
  const name = results.files.map((file) => basename(file)).join(", ")
  const { scientific, hyperparameters, fixed } = results
  const nuisance = [...new Set(hyperparameters.map((one) => one.name))].filter((one) => !scientific.includes(one))
  return {
    campaign: name,
    readAs: results.formats.map((format) => words.formats[format]).join(" + "),
    metric: results.chosen.metric,
    status: "analysis",
    goals: [
      {
        question: words.question(name),
        roles: { scientific, nuisance, fixed },
        caveats: results.notes.map(words.note),
        studies: [{ id: name, scientific: {}, searched: hyperparameters, trials: results.trials }],
        findings,
      },
    ],
    decisions: [],
    launched: null,
  }
}
