import { contains } from "@tanren/space"
import { decodeHyperparameters, inFile, listHyperparameters } from "@tanren/space/schema"
import { type Hyperparameter, type Issue, showFound } from "@tanren/terms"
import { goalIssues, plainIssues } from "../../choosing-the-goal/goal-issues.ts"
import { nameIssues } from "../../scientific-nuisance-fixed/role-issues.ts"
import type { CampaignSpec, Goal } from "../campaign.ts"
import { notesOf } from "../notes.ts"
import { trainerIssues } from "../trainer-issues.ts"
import { CampaignInFile, GoalInFile } from "./campaign-file.ts"
import { completeCampaign, completeGoal, milliseconds } from "./defaults.ts"
import { decodePart, withoutUndefined } from "./issues.ts"

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
    return { ok: false, issues: [{ path: "", message: "is no campaign", found: showFound(input), allowed }] }
  }
  const written: Readonly<Record<string, unknown>> = { ...Object(withoutUndefined({ ...input })) }
  const space = readHyperparameters(written.hyperparameters)
  const whole = decodePart(CampaignInFile, written, "")
  const file = whole.value ?? soundParts(written)
  const spec = completeCampaign(file, space.hyperparameters)

  const misfits = space.sound && file.baseline !== MISSING.baseline ? misfitsOf(spec) : []
  const baselineSound = misfits.length === 0 && file.baseline !== MISSING.baseline
  const issues: ReadonlyArray<Issue> = [
    ...whole.issues,
    ...(Object.hasOwn(written, "hyperparameters") ? space.issues : []),
    ...trainerIssues(spec, space.sound ? space.names : undefined),
    ...stepIssues(spec),
    ...durationIssues(file),
    ...misfits,
    ...readGoals(written.goals).flatMap(({ goal, index }) =>
      space.sound
        ? goalIssues(spec, goal, index, baselineSound)
        : [
            ...(space.names.length === 0 ? [] : nameIssues(goal, `goals[${index}]`, space.names)),
            ...plainIssues(goal, `goals[${index}]`),
          ],
    ),
  ]
  return issues.length > 0 ? { ok: false, issues } : { ok: true, spec, notes: notesOf(spec) }
}

/** One more goal for a running campaign, checked against its spec. */
export function decodeGoal(
  input: unknown,
  spec: CampaignSpec,
):
  | { readonly ok: true; readonly goal: Goal; readonly notes: ReadonlyArray<string> }
  | { readonly ok: false; readonly issues: ReadonlyArray<Issue> } {
  const index = spec.goals.length
  const decoded = decodePart(GoalInFile, withoutUndefined(input), `goals[${index}]`)
  if (decoded.value === undefined) return { ok: false, issues: decoded.issues }
  const goal = completeGoal(decoded.value)
  const issues = goalIssues(spec, goal, index, true)
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
  const decoded = decodeHyperparameters(listed.hyperparameters)
  if (decoded.ok) return { hyperparameters: decoded.hyperparameters, names, sound: true, issues: [] }
  const issues = decoded.issues.map((issue) => ({ ...issue, path: inFile(issue.path, listed.paths) }))
  return { hyperparameters: [], names, sound: false, issues }
}

/** Goals of the right shape, with their places. */
const readGoals = (written: unknown): ReadonlyArray<{ readonly goal: Goal; readonly index: number }> =>
  (Array.isArray(written) ? written : []).flatMap((one, index) => {
    const { value } = decodePart(GoalInFile, one, "")
    return value === undefined ? [] : [{ goal: completeGoal(value), index }]
  })

const MISSING: CampaignInFile = {
  name: "",
  trainer: { type: "program", command: [] },
  metric: { name: "", goal: "minimize" },
  maxTrainSteps: Number.POSITIVE_INFINITY,
  evalEverySteps: 0,
  baseline: {},
  goals: [],
}

/** What of a refused file can still be checked together, so that one run shows all of its errors. */
function soundParts(written: Readonly<Record<string, unknown>>): CampaignInFile {
  const { trainer, metric, maxTrainSteps, evalEverySteps, baseline, policy } = CampaignInFile.fields
  return {
    ...MISSING,
    trainer: decodePart(trainer, written.trainer, "").value ?? MISSING.trainer,
    metric: decodePart(metric, written.metric, "").value ?? MISSING.metric,
    maxTrainSteps: decodePart(maxTrainSteps, written.maxTrainSteps, "").value ?? MISSING.maxTrainSteps,
    evalEverySteps: decodePart(evalEverySteps, written.evalEverySteps, "").value ?? MISSING.evalEverySteps,
    baseline: decodePart(baseline, written.baseline, "").value ?? MISSING.baseline,
    ...(written.policy === undefined ? {} : { policy: decodePart(policy, written.policy, "").value }),
  }
}

function misfitsOf({ hyperparameters, baseline }: CampaignSpec): ReadonlyArray<Issue> {
  const contained = contains(hyperparameters, baseline, "baseline")
  return contained.ok
    ? []
    : contained.issues.map(({ path, message, found, allowed }) => ({ path, message, found, allowed }))
}

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

function durationIssues({ policy }: CampaignInFile): ReadonlyArray<Issue> {
  const within = policy?.launch?.within
  if (within === undefined || milliseconds(within) !== undefined) return []
  const allowed = 'milliseconds above 0, or a time such as "90s", "30m", "24h", "7d"'
  return [{ path: "policy.launch.within", message: "is no length of time", found: showFound(within), allowed }]
}
