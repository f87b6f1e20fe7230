import type { Proposal } from "./propose.ts"

/** What a person should know in the terminal; the file says it too. */
export const proposalLines = ({ notes, left }: Proposal): ReadonlyArray<string> => [
  ...notes.map((note) => `Note: ${note}.`),
  ...(left.length === 0 ? [] : [`Left at their defaults: ${left.join(", ")}.`]),
]
