import { Flag } from "effect/cli"

/** A flag that may be given any number of times, also none: help then does not call it required. */
export const anyNumber = <A>(flag: Flag.Flag<A>) => flag.pipe(Flag.atLeast(0), Flag.withDefault([] as ReadonlyArray<A>))
