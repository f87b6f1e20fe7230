/** Why a point could not be trained: its training diverged, it needs more memory than there is, or it breaks a rule. */
export type Cause = "diverged" | "memory" | "constraint" | "other"

/**
 * What a program, or another tool's file, means by the reason that it gives in its own words. Asked where such words
 * enter; from there on a trial carries its cause. Without any words a point that cannot be trained diverged.
 */
export const causeOf = (reason: string | undefined): Cause => {
  if (reason === undefined) return "diverged"
  if (/memory|(^|[^a-z])oom([^a-z]|$)|\d\s*[kmgt]i?b([^a-z]|$)/i.test(reason)) return "memory"
  if (/constraint|\b(out|outside)( of)?( the)?( search| disk)? space\b|no space left/i.test(reason)) return "constraint"
  return divergence.some((words) => words.test(reason)) ? "diverged" : "other"
}

/** `(^|[^a-z])` and its end rather than a word's border: names such as `loss_inf` join words by underscores. */
const divergence: ReadonlyArray<RegExp> = [
  /diverg|explo[ds]|overflow|unstable|instabilit/i,
  /(^|[^a-z])bl(ows?|ew|own|owing)[ _-]?up/i,
  /(^|[^a-z])((not|non|in)[ _-]?finite|nans?|infs?|infinity|not[ _-]a[ _-]number)([^a-z]|$)/i,
]
