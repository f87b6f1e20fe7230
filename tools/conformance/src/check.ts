import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DUTIES, type Duty } from "@tanren/contract"
import type { Metric } from "@tanren/terms"
import { Effect } from "effect"
import { duties } from "./duties/index.ts"
import { badParameters } from "./level-0/bad-parameters.ts"
import { divergence } from "./level-0/divergence.ts"
import { hyperparameters } from "./level-0/hyperparameters.ts"
import { ends, eventLog, metrics } from "./level-0/runs.ts"
import { likelyMetric, UnknownGoal } from "./likely-metric.ts"
import { type Run, runOnce } from "./run.ts"
import type { Subject } from "./subject.ts"
import { type Bench, type Check, fail, type Verdict } from "./verdict.ts"

/** Level 0 is compulsory; a duty is checked when the program declares it. */
const LEVEL_0 = ["ends", "metrics", "event-log", "hyperparameters", "bad-parameters", "divergence"] as const
export type CheckId = (typeof LEVEL_0)[number] | Duty

export type Finding = { readonly id: CheckId } & (Verdict | { readonly status: "undeclared"; readonly said: string })

export interface Report {
  /** Nothing failed. */
  readonly passed: boolean
  readonly metric: Metric | null
  readonly findings: ReadonlyArray<Finding>
  /** What the first run showed. */
  readonly reference: Run | null
}

const furtherLevel0: Readonly<Partial<Record<CheckId, Check>>> = {
  hyperparameters,
  "bad-parameters": badParameters,
  divergence,
}

/**
 * Runs a program for a few steps at a time: through level 0, and through every duty that it declares.
 *
 * @param only `first-run`: one run, and what it alone shows; `level-0`: what is compulsory
 * @param heard told each finding as it is made
 * @returns the findings; `UnknownGoal` where nobody said, and the name does not tell, which way the metric is better
 */
export const checkProgram = Effect.fn("checkProgram")(function* (
  subject: Subject,
  only: "everything" | "level-0" | "first-run" = "everything",
  heard: (finding: Finding) => Effect.Effect<void> = () => Effect.void,
) {
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const folder = yield* scratchFolder
      const findings: Array<Finding> = []
      const find = (id: CheckId, verdict: Verdict | { readonly status: "undeclared"; readonly said: string }) => {
        const finding = { id, ...verdict }
        findings.push(finding)
        return heard(finding)
      }
      const reportOf = (metric: Metric | undefined, reference: Run | null): Report => ({
        passed: findings.every(({ status }) => status !== "fail"),
        metric: metric ?? null,
        findings,
        reference,
      })
      const first = yield* Effect.result(runOnce(subject, join(folder, "reference")))
      if (first._tag === "Failure") {
        yield* find("ends", fail(first.failure.message, "give the command as you would type it, after --"))
        return reportOf(undefined, null)
      }
      const reference = first.success
      const named = subject.metric ?? likelyMetric(reference.curve)
      const metric = named?.goal === undefined ? undefined : { name: named.name, goal: named.goal }
      yield* find("ends", ends(reference))
      // What never came to reporting has one fault, not two.
      if (reference.curve.length > 0 || findings.every(({ status }) => status === "pass")) {
        yield* find("metrics", guessedHere(metrics(reference, named, subject), subject, metric))
      }
      yield* find("event-log", eventLog(reference))
      const broken = findings.some(({ id, status }) => id !== "event-log" && status === "fail")
      if (only === "first-run" || named === undefined || broken) return reportOf(metric, reference)
      if (metric === undefined) return yield* new UnknownGoal({ metric: named.name })

      const bench: Bench = { subject, metric, reference, folder, run: onceEach({ ...subject, metric }, folder) }
      for (const id of LEVEL_0) {
        const check = furtherLevel0[id]
        if (check !== undefined) yield* find(id, yield* check(bench))
      }
      for (const duty of only === "level-0" ? [] : DUTIES) {
        const { check, buys } = duties[duty]
        const declared = reference.declared.includes(duty)
        yield* find(duty, declared ? yield* check(bench) : { status: "undeclared", said: `it buys ${buys}` })
      }
      return reportOf(metric, reference)
    }),
  )
})

/** What was taken for the metric, and which way, is a guess that a person may know better. */
const guessedHere = (verdict: Verdict, { metric: told }: Subject, metric: Metric | undefined): Verdict =>
  verdict.status !== "pass" || told !== undefined || metric === undefined
    ? verdict
    : { ...verdict, said: `${verdict.said}; taken to ${metric.goal} (--metric, --goal say otherwise)` }

/** Runs of one name are one run: duties look at some from several sides. */
const onceEach = (subject: Subject, folder: string): Bench["run"] => {
  const made = new Map<string, Run>()
  return Effect.fnUntraced(function* (name, changes, leaveWhen) {
    const known = made.get(name)
    if (known !== undefined) return known
    const run = yield* runOnce(subject, join(folder, name), changes, leaveWhen)
    made.set(name, run)
    return run
  })
}

const scratchFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "tanren-check-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true, maxRetries: 5 })),
)
