import type { Metric } from "@tanren/terms"
import { endOf, type Run } from "../run.ts"
import type { Subject } from "../subject.ts"
import { fail, pass, type Verdict } from "../verdict.ts"

/** Level 0: parameters in, metrics out, exit 0. These are judged from the first run alone. */
export const ends = (run: Run): Verdict => {
  const said = run.events.find((event) => event.type === "infeasible")
  if (said !== undefined && run.exit.code === 0) {
    return fail(
      `it called these hyperparameters infeasible: ${said.reason}`,
      "check it with hyperparameters that train: a campaign's baseline (--campaign), or --set learning_rate=0.01",
    )
  }
  if (run.killed) return fail(endOf(run), "run fewer steps (--steps 3 --every 1), or allow more time (--seconds 3600)")
  return run.exit.code === 0
    ? pass(`exit 0 after ${run.seconds.toFixed(1)} s`)
    : fail(endOf(run), "it must end with exit code 0 when it has trained; run the same command by hand to see why not")
}

/** @param asked the length that the run was told */
export const metrics = (
  run: Run,
  metric: Pick<Metric, "name"> | undefined,
  { steps: asked, stepUnit }: Pick<Subject, "steps" | "stepUnit">,
): Verdict => {
  const names = [...new Set(run.curve.flatMap((one) => Object.keys(one.metrics)))]
  if (names.length === 0) {
    return fail(
      "it reported nothing",
      'add: import tanren, and tanren.report(step, {"valid/error": error}); or append such a line to the file named by ' +
        "TANREN_EVENTS; or read what it prints with a pattern (metrics: fromStdout)",
    )
  }
  if (metric === undefined || !names.includes(metric.name)) {
    const wanted = metric?.name ?? "a metric"
    return fail(`it reported ${names.join(", ")}, but not ${wanted}`, "report it, or name another (--metric NAME)")
  }
  const values = run.curve.flatMap((one) => one.metrics[metric.name] ?? [])
  if (!values.some(Number.isFinite)) {
    return fail(
      `${metric.name} was never a finite number`,
      "check it with hyperparameters that train (--set name=value)",
    )
  }
  const steps = run.events.flatMap((event) => (event.type === "metrics" ? [event.step] : []))
  const back = steps.findIndex((step, at) => at > 0 && step < (steps[at - 1] ?? 0))
  if (back !== -1) {
    return fail(`step ${steps[back]} came after step ${steps[back - 1]}`, "report steps in their order, counted once")
  }
  const last = steps.at(-1) ?? 0
  // Examples and tokens come in batches: a short run's one batch may be more than was asked for.
  if (last > asked && (stepUnit === "step" || stepUnit === "epoch")) {
    return fail(
      `it was told to take ${asked} ${stepUnit}s and reported step ${last}: its steps are not what its length is counted in, ` +
        "or it takes no length",
      "report in the unit of maxTrainSteps (epochs where the command says --epochs {maxTrainSteps}); one that trains for " +
        `a length of its own is checked at that length (--steps ${last})`,
    )
  }
  const others = names.filter((name) => name !== metric.name)
  const also = others.length === 0 ? "" : `; also ${others.slice(0, 6).join(", ")}${others.length > 6 ? ", …" : ""}`
  return pass(`${metric.name} at ${values.length} steps up to ${last}${also}`)
}

export const eventLog = ({ malformed }: Run): Verdict => {
  const [first] = malformed
  if (first === undefined) return pass("every line can be read")
  const more = malformed.length === 1 ? "" : ` (and ${malformed.length - 1} more)`
  return fail(`line ${first.line}: ${first.why}${more}`, "write one JSON object a line, numbers as numbers or NaN")
}
