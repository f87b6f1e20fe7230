/** Why a point could not be trained: its training diverged, it needs more memory than there is, or it breaks a rule. */
export type Cause = "diverged" | "memory" | "constraint" | "other"

/**
 * What a program, or another tool's file, means by the reason that it gives in its own words. Asked where such words
 * enter; from there on a trial carries its cause. Without any words a point that cannot be trained diverged.
 */
export const causeOf = (reason: string | undefined): Cause => {
  if (reason === undefined) return "diverged"
  if (/memory|(^|[^a-z])oom([^a-z]|$)/i.test(reason)) return "memory"
  if (/constraint/i.test(reason)) return "constraint"
  return /diverg|(^|[^a-z])(nan|inf|infinity)([^a-z]|$)/i.test(reason) ? "diverged" : "other"
}
