import type { Duty } from "@tanren/contract"
import type { Check } from "../verdict.ts"
import { cadence } from "./cadence.ts"
import { checkpoint } from "./checkpoint.ts"
import { clip } from "./clip.ts"
import { evaluateTask } from "./evaluate-task.ts"
import { everyStepEvaluation } from "./every-step-evaluation.ts"
import { exported } from "./export.ts"
import { prolong } from "./prolong.ts"
import { resume } from "./resume.ts"
import { schedule } from "./schedule.ts"
import { seeds } from "./seeds.ts"
import { sigterm } from "./sigterm.ts"
import { split } from "./split.ts"
import { warm } from "./warm.ts"
import { warmup } from "./warmup.ts"

/** Each duty that a program can declare, how it is checked, and what declaring it buys. */
export const duties: Readonly<Record<Duty, { readonly check: Check; readonly buys: string }>> = {
  seeds: { check: seeds, buys: "trial variance from re-runs, so that something can be launched" },
  cadence: { check: cadence, buys: "curves that can be compared step by step" },
  checkpoint: { check: checkpoint, buys: "the best step's model, chosen after the fact" },
  sigterm: { check: sigterm, buys: "nothing lost when a worker is stopped" },
  resume: { check: resume, buys: "trials that go on after a crash where they were" },
  prolong: { check: prolong, buys: "long runs that go on from short ones where their decay began" },
  split: { check: split, buys: "a final test on data that no decision saw" },
  schedule: { check: schedule, buys: "rounds of training with longer or shorter decays" },
  warmup: { check: warmup, buys: "the search for warmup against early instability" },
  clip: { check: clip, buys: "gradient clipping against instability" },
  "every-step-evaluation": { check: everyStepEvaluation, buys: "a look at instability in the first steps" },
  "evaluate-task": { check: evaluateTask, buys: "measuring a checkpoint again without training" },
  export: { check: exported, buys: "a model that others can open" },
  warm: { check: warm, buys: "trial after trial in one process, without its start" },
}
