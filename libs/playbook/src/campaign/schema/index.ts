import { contains } from "@tanren/space"
import { decodeAt, decodeHyperparameters, listHyperparameters } from "@tanren/space/schema"
import { type Hyperparameter, type Issue, isSealed, showFound } from "@tanren/terms"
import { Schema } from "effect"
import type { CampaignSpec, Work } from "../campaign.ts"
import { kindOf } from "../kinds.ts"
import { notesOf } from "../notes.ts"
import { trainerIssues } from "../trainer-issues.ts"
import { Campaign } from "./campaign.ts"
import { Limits, Policy } from "./policy.ts"
import { withoutUndefined } from "./without-undefined.ts"
import { decodeWork } from "./work.ts"

export { campaignJsonSchema } from "./json-schema.ts"

export type DecodedCampaign =
  | {
      readonly ok: true
      readonly spec: CampaignSpec
      /** What was assumed: worth showing, nothing to repair. */
      readonly notes: ReadonlyArray<string>
    }
  | { readonly ok: false; readonly issues: ReadonlyArray<Issue> }

/**
 * A campaign file's data (from TypeScript, JSON or YAML) as the one spec that everything works with: defaults filled
 * in, or every error of the file at once. Only the data is judged; whether programs and files exist is not.
 */
export function decodeCampaign(input: unknown): DecodedCampaign {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    const allowed = "an object with name, trainer, metric, maxTrainSteps, hyperparameters, baseline and goals"
    return { ok: false, issues: [{ path: "", message: "is not a campaign", found: showFound(input), allowed }] }
  }
  const written: Readonly<Record<string, unknown>> = { ...Object(withoutUndefined({ ...input })) }
  const space = readHyperparameters(written.hyperparameters)
  const whole = decodeAt(Frame, written, "")
  const file = whole.ok ? kept(whole.value) : soundParts(written)
  const works = (Array.isArray(written.goals) ? written.goals : []).map((one, at) => decodeWork(one, `goals[${at}]`))
  const goals = works.flatMap((work) => (work.ok ? [work.value] : []))
  const spec: CampaignSpec = { ...file, hyperparameters: space.hyperparameters, goals }

  const misfits = space.sound && spec.baseline !== MISSING.baseline ? misfitsOf(spec) : []
  const baselineSound = misfits.length === 0 && spec.baseline !== MISSING.baseline
  const judging = { spec, names: space.names, spaceSound: space.sound, baselineSound }
  const issues: ReadonlyArray<Issue> = [
    ...(whole.ok ? [] : whole.issues),
    ...works.flatMap((work) => (work.ok ? [] : work.issues)),
    ...(Object.hasOwn(written, "hyperparameters") ? space.issues : []),
    ...trainerIssues(spec, space.sound ? space.names : undefined),
    ...sealedMetric(spec),
    ...stepIssues(spec),
    ...misfits,
    ...works.flatMap((work, index) => (work.ok ? kindOf(work.value).issues(work.value, index, judging) : [])),
  ]
  return issues.length > 0 ? { ok: false, issues } : { ok: true, spec, notes: notesOf(spec) }
}

/** One more piece of work for a running campaign, checked against its spec. */
export function decodeGoal(
  input: unknown,
  spec: CampaignSpec,
):
  | { readonly ok: true; readonly goal: Work; readonly notes: ReadonlyArray<string> }
  | { readonly ok: false; readonly issues: ReadonlyArray<Issue> } {
  const index = spec.goals.length
  const decoded = decodeWork(withoutUndefined(input), `goals[${index}]`)
  if (!decoded.ok) return { ok: false, issues: decoded.issues }
  const goal = decoded.value
  const names = spec.hyperparameters.map(({ name }) => name)
  const issues = kindOf(goal).issues(goal, index, { spec, names, spaceSound: true, baselineSound: true })
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, goal, notes: notesOf({ ...spec, goals: [...spec.goals, goal] }, index) }
}

interface Space {
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly names: ReadonlyArray<string>
  readonly sound: boolean
  readonly issues: ReadonlyArray<Issue>
}

/** Hyperparameters in either form; those of the right shape are checked together even where others are not. */
function readHyperparameters(written: unknown): Space {
  const listed = listHyperparameters(written)
  if (listed === undefined || listed.hyperparameters.length === 0) {
    const allowed = "at least one, as a list of objects with a name or as an object by name"
    const issue = { path: "hyperparameters", message: "has no hyperparameters", found: showFound(written), allowed }
    return { hyperparameters: [], names: [], sound: false, issues: [issue] }
  }
  const names = listed.hyperparameters.flatMap((one) =>
    typeof one === "object" && one !== null && "name" in one && typeof one.name === "string" ? [one.name] : [],
  )
  const decoded = decodeHyperparameters(listed.hyperparameters, listed.paths)
  if (decoded.ok) return { hyperparameters: decoded.hyperparameters, names, sound: true, issues: [] }
  return { hyperparameters: [], names, sound: false, issues: decoded.issues }
}

/** A campaign file but for its work, each piece of which is decoded by its kind. */
const Frame = Schema.Struct({
  ...Campaign.fields,
  goals: Schema.Array(Schema.Unknown).check(Schema.isMinLength(1, { expected: "at least one goal" })),
})

/** `$schema` is for editors alone. */
const kept = ({ $schema: _, goals: _goals, ...spec }: typeof Frame.Type) => spec

/** What stands for the parts of a refused file that are not sound themselves. */
const MISSING: Omit<CampaignSpec, "hyperparameters" | "goals"> = {
  ...{ version: 1, name: "", seed: 0, stepUnit: "step", baseline: {} },
  trainer: { type: "program", command: [], env: [], data: [], resources: "cpu" },
  metric: { name: "", goal: "minimize" },
  maxTrainSteps: Number.POSITIVE_INFINITY,
  evalEverySteps: 0,
  policy: Schema.decodeSync(Policy)({}),
  limits: Schema.decodeSync(Limits)({}),
}

/** What of a refused file can still be checked together, so that one run shows all of its errors. */
function soundParts(written: Readonly<Record<string, unknown>>): typeof MISSING {
  const { trainer, metric, maxTrainSteps, evalEverySteps, baseline, policy } = Campaign.fields
  return {
    ...MISSING,
    trainer: soundOr(MISSING.trainer, trainer, written.trainer),
    metric: soundOr(MISSING.metric, metric, written.metric),
    maxTrainSteps: soundOr(MISSING.maxTrainSteps, maxTrainSteps, written.maxTrainSteps),
    evalEverySteps: soundOr(MISSING.evalEverySteps, evalEverySteps, written.evalEverySteps),
    baseline: soundOr(MISSING.baseline, baseline, written.baseline),
    policy: soundOr(MISSING.policy, policy, written.policy),
  }
}

function soundOr<A>(missing: A, schema: Schema.ConstraintDecoder<A>, written: unknown): A {
  const decoded = decodeAt(schema, written, "")
  return decoded.ok ? decoded.value : missing
}

function misfitsOf({ hyperparameters, baseline }: CampaignSpec): ReadonlyArray<Issue> {
  const contained = contains(hyperparameters, baseline, "baseline")
  return contained.ok
    ? []
    : contained.issues.map(({ path, message, found, allowed }) => ({ path, message, found, allowed }))
}

/** What a search can see chooses its winner. */
const sealedMetric = ({ metric }: CampaignSpec): ReadonlyArray<Issue> =>
  isSealed(metric.name)
    ? [
        {
          path: "metric.name",
          message: "a search that sees the test set leaves nothing to test its winner on",
          found: JSON.stringify(metric.name),
          allowed:
            "a metric of the validation set, such as valid/error; `tanren test` measures the test set at the end",
        },
      ]
    : []

const stepIssues = ({ maxTrainSteps, evalEverySteps }: CampaignSpec): ReadonlyArray<Issue> =>
  evalEverySteps <= maxTrainSteps
    ? []
    : [
        {
          path: "evalEverySteps",
          message: "training ends before its first evaluation",
          found: String(evalEverySteps),
          allowed: `at most ${maxTrainSteps}, which is maxTrainSteps`,
        },
      ]
