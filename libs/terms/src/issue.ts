/**
 * What is wrong with something that a person wrote: where, what was found, and what is allowed there.
 * A file's issues are collected and shown all at once.
 */
export interface Issue {
  /** The field as a person would write it: `hyperparameters[2].low`; empty for the file as a whole. */
  readonly path: string
  readonly message: string
  readonly found?: string
  readonly allowed?: string
}

/** A found value as an issue prints it; never throws, never longer than a line. */
export function showFound(value: unknown): string {
  if (value === undefined) return "nothing"
  if (typeof value === "number" || typeof value === "bigint") return String(value)
  if (typeof value === "function") return "a function"
  let text: string | undefined
  try {
    text = JSON.stringify(value, (_, inner) =>
      typeof inner === "number" && !Number.isFinite(inner) ? String(inner) : inner,
    )
  } catch {
    text = undefined
  }
  const shown = text ?? String(value)
  return shown.length > 80 ? `${shown.slice(0, 77)}…` : shown
}

/** `learning_rate: low must be below high (found 3; allowed: less than 1)`. */
export function formatIssue(issue: Issue): string {
  const facts = [
    issue.found === undefined ? "" : `found ${issue.found}`,
    issue.allowed === undefined ? "" : `allowed: ${issue.allowed}`,
  ].filter((fact) => fact !== "")
  const where = issue.path === "" ? "" : `${issue.path}: `
  return `${where}${issue.message}${facts.length === 0 ? "" : ` (${facts.join("; ")})`}`
}
