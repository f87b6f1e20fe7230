import type { Shown } from "./observe.ts"
import type { Proposal } from "./propose.ts"

/** What a person should know in the terminal; the file says it too. */
export const proposalLines = ({ notes, left }: Proposal): ReadonlyArray<string> => [
  ...notes.map((note) => `Note: ${note}.`),
  ...(left.length === 0 ? [] : [`Left at their defaults: ${left.join(", ")}.`]),
]

/** Where nothing could be read, but standard error has it. */
export const unreadLines = ({ onError }: Shown): ReadonlyArray<string> =>
  onError.length === 0
    ? []
    : [
        `It writes ${onError.join(", ")} on standard error, which is not read: print it, or log it on standard output ` +
          "(logging.basicConfig(stream=sys.stdout)).",
      ]
