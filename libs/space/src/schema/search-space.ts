import type { SearchSpace } from "@tanren/terms"
import { type Issue, showFound } from "@tanren/terms"
import { decodeAt, fieldsOf } from "./decode.ts"
import { listHyperparameters } from "./hyperparameter-forms.ts"
import { decodeHyperparameters } from "./hyperparameters.ts"
import { MetricInFile } from "./shape.ts"

export type DecodedSearchSpace =
  | { readonly ok: true; readonly space: SearchSpace }
  | { readonly ok: false; readonly issues: ReadonlyArray<Issue> }

/** A search space from a file's data (JSON, YAML or TypeScript), or everything that is wrong with it, at once. */
export function decodeSearchSpace(input: unknown): DecodedSearchSpace {
  const allowed = "an object with hyperparameters, and if need be version and metric"
  const fields = fieldsOf(input)
  if (fields === undefined)
    return { ok: false, issues: [{ path: "", message: "is not a search space", found: showFound(input), allowed }] }

  const known = ["version", "metric", "hyperparameters"]
  const unknown = Object.keys(fields).filter((field) => !known.includes(field))
  const metric = fields.metric === undefined ? undefined : decodeAt(MetricInFile, fields.metric, "metric")
  // As in a campaign file: a list with names, or an object by name.
  const listed = listHyperparameters(fields.hyperparameters)
  const hyperparameters = decodeHyperparameters(listed?.hyperparameters ?? fields.hyperparameters, listed?.paths)
  const issues: ReadonlyArray<Issue> = [
    ...unknown.map((field) => ({
      path: field,
      message: "is no field of a search space",
      found: showFound(fields[field]),
      allowed: known.join(", "),
    })),
    ...versionIssues(fields.version),
    ...(metric === undefined || metric.ok ? [] : metric.issues),
    ...(hyperparameters.ok ? [] : hyperparameters.issues),
  ]
  if (issues.length > 0 || !hyperparameters.ok) return { ok: false, issues }
  return {
    ok: true,
    space: {
      ...(fields.version === 1 ? { version: 1 } : {}),
      ...(metric?.ok ? { metric: metric.value } : {}),
      hyperparameters: hyperparameters.hyperparameters,
    },
  }
}

function versionIssues(version: unknown): ReadonlyArray<Issue> {
  if (version === undefined || version === 1) return []
  const message = "this version of the format is not known here"
  return [{ path: "version", message, found: showFound(version), allowed: "1, or none" }]
}
