import { plural } from "@tanren/words"
import type { Note } from "../note.ts"
import { listed } from "../outcome.ts"
import type { Words } from "./words.ts"

const are = (count: number): string => (count === 1 ? "is" : "are")

export const en: Words = {
  formats: {
    csv: "CSV",
    json: "JSON",
    "json-lines": "JSON lines",
    optuna: "Optuna study",
    "optuna-csv": "Optuna data frame",
    wandb: "W&B export",
    mlflow: "MLflow runs",
    "mlflow-folder": "MLflow folder",
    "mlflow-database": "MLflow database",
    ray: "Ray Tune results",
    ax: "Ax results",
    nni: "NNI export",
    "scikit-learn": "scikit-learn's cv_results_",
    tanren: "Tanren's trials",
  },
  read: (formats, rows, long, trials) => `${formats}, ${plural(rows, long ? "evaluation" : "row")}: ${trials}`,
  trials: (count) => plural(count, "trial"),
  metric: (name, goal, from) => `Metric: ${name}, ${goal === "minimize" ? "lower" : "higher"} is better (${from})`,
  told: {
    flag: "as told",
    space: "from the space file",
    file: "from the file",
    name: "guessed from the name; --metric and --goal correct it",
    values: "guessed: the trials' values are this metric's best; --metric and --goal correct it",
  },
  goalTold: "the name guessed, the direction as told; --metric corrects it",
  others: (names) => `also measured: ${names}`,
  schedules: {
    constant: "Learning-rate schedule: constant (as told)",
    "decays-to-end": "Learning-rate schedule: decays to the end (as told)",
    cyclic: "Learning-rate schedule: rises and falls again (as told)",
    unknown:
      "Learning-rate schedule: not known, so late improvement and a swinging metric are worth a look at most (--schedule constant|decays-to-end|cyclic says it)",
  },
  hyperparameters: {
    space: "Hyperparameters, as declared by the space file:",
    file: "Hyperparameters, as declared in the file:",
    guess: "Hyperparameters, guessed from the values seen (--space FILE declares them):",
  },
  range: (low, high) => `${low} to ${high}`,
  fixed: (point) => `The same in all trials: ${point}`,
  leftOut: (names) => `Left out: ${names}`,
  whys: {
    asked: "as told",
    empty: "empty",
    bookkeeping: "bookkeeping",
    text: "texts that hardly repeat",
    counter: "counts the rows",
    steps: "how far each trial ran",
    other: "no hyperparameter",
  },
  correct:
    "Guessed wrongly? --hyperparameters NAME,NAME names exactly the hyperparameters; --ignore NAME leaves a column out.",
  note: (note) => noteText(note),
  notes: "Worth knowing:",
  unjudged: "Could not be judged:",
  fine: (questions) => `Fine: ${questions}`,
  nothing: "Nothing needs acting on.",
  question: (files) => `What do the results in ${files} say?`,
  offer: "--html FILE writes these findings with their plots as one offline page.",
}

const noteText = (note: Note): string => {
  switch (note.note) {
    case "short-rows":
      return `${note.file}: ${plural(note.count, "row")} with too few cells left out (row ${note.first}${note.count > 1 ? " is the first" : ""}).`
    case "bad-lines":
      return `${note.file}: ${plural(note.count, "line")} that ${are(note.count)} no JSON left out (line ${note.first}${note.count > 1 ? " is the first" : ""}).`
    case "decimal-comma":
      return `${note.file}: commas in numbers are read as decimal points.`
    case "several-studies":
      return `${note.file} holds more studies; this is ${note.study}.`
    case "changed-range":
      return `The range of ${note.hyperparameter} changed during the study; the union of its ranges is judged.`
    case "nested-runs":
      return `${plural(note.count, "run")} left out that only ${note.count === 1 ? "holds" : "hold"} other runs, or ${are(note.count)} part of one (MLflow's nested runs).`
    case "no-hyperparameters":
      return `${plural(note.trials.length, "row")} with a result and no hyperparameter left out (${listed(note.trials, 5)}): a mean or a best of the others is no trial.`
    case "duplicates":
      return `${plural(note.count, "trial")} exactly like an earlier one (same hyperparameters, seed and value) counted once.`
    case "same-ids":
      return `${plural(note.count, "row")} with an id that an earlier row has; each is taken as a trial of its own.`
    case "no-value":
      return `${plural(note.trials.length, "trial")} without a value of ${note.metric} left out (${listed(note.trials, 5)}); if they diverged, write NaN.`
    case "same-best":
      return `${note.count} trials share the very best ${note.metric}, ${note.value}. If it stands for a failed run, write NaN there: as it is, it counts as the best result.`
    case "not-finite":
      return `${plural(note.trials.length, "trial")} with a ${note.metric} that is not finite count${note.trials.length === 1 ? "s" : ""} as infeasible (${listed(note.trials, 5)}).`
    case "not-a-number":
      return `${plural(note.count, "trial")} left out: ${note.metric} is no number there (trial ${note.found}${note.count > 1 ? " is the first" : ""}).`
    case "bad-hyperparameter":
      return `${plural(note.count, "row")} left out: ${note.hyperparameter} is a number elsewhere, and ${JSON.stringify(note.found)} there.`
    case "outside-space":
      return `${note.count} of ${plural(note.of, "trial")} left out, outside the declared space (${note.example}).`
    case "stopped-early":
      return `${note.count} of ${plural(note.of, "trial")} were stopped before their end (pruned, killed or cancelled) and left out: their values come from fewer steps.`
    case "failed":
      return `${plural(note.count, "failed trial")} left out. Did they diverge or run out of memory? Then they are infeasible, and say where the space ends.`
    case "failed-or-nan":
      return `${plural(note.count, "failed trial")} left out. Optuna files a trial that returned NaN as failed, too: return float("inf") where it diverged (-inf where higher is better), and it counts as infeasible.`
    case "running":
      return `${plural(note.count, "trial")} still running or waiting left out.`
    case "ended-sooner":
      return `${plural(note.count, "trial")} ended before step ${note.step}, and no column says why; they are taken as completed.`
    case "one-trial":
      return "One trial only: nothing can be compared with it."
    case "none-finished":
      return "No trial finished with a finite value: what the metric depends on cannot be judged."
    case "no-repeats":
      return "No configuration was run twice with different seeds: the noise is not known, and no verdict that needs it is more than watch. --noise SD states it."
    case "no-curves":
      return "One value a trial and no curves: the questions about training curves cannot be judged."
    case "training-metric":
      return `${note.metric} is measured in training; the checklist is meant for a validation metric (--metric NAME).`
    case "test-metric":
      return `${note.metric} seems to be measured on the test set; choosing by it makes it a validation set.`
    case "ranges-guessed":
      return "The ends of the ranges are guessed from the values seen; --space FILE gives the declared ones."
    case "no-final-curve":
      return `${plural(note.count, "trial")} without a curve: the value given counts as the final one.`
    case "adaptive":
      return "Where the search learned from its own results (TPE, Bayesian optimisation, pruning), its points are denser where it expected good ones; the playbook's reading is made for random and quasi-random search."
  }
}
