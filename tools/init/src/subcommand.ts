/** How the program's subcommand stands among its arguments: `train.py --data x train --lr 0.1`. */
export interface Subcommand {
  /** Arguments that a person gave to the program itself: they come before the words. */
  readonly before: ReadonlyArray<string>
  /** Its words; none where the program has no subcommands. */
  readonly words: ReadonlyArray<string>
  /** Arguments that a person gave to the subcommand. */
  readonly after: ReadonlyArray<string>
}

const TRAINS = /^(re)?(train(ing|er)?|fit|pre-?train|fine-?tune)([-_]|$)/i

/**
 * The subcommand that a person named in the arguments, else the one that trains, by its name; undefined where neither
 * tells.
 *
 * @param commands each by the words that call it, groups of commands among them
 */
export const chosenSubcommand = (
  commands: ReadonlyArray<ReadonlyArray<string>>,
  extra: ReadonlyArray<string>,
): Subcommand | undefined => {
  const leaves = leavesOf(commands)
  if (leaves.length === 0) return { before: [], words: [], after: extra }
  for (const words of leaves) {
    const at = extra.findIndex((_, start) => words.every((word, next) => extra[start + next] === word))
    if (at >= 0) return { before: extra.slice(0, at), words, after: extra.slice(at + words.length) }
  }
  const training = leaves.filter((words) => TRAINS.test(words.at(-1) ?? ""))
  const [only, ...others] = leaves.length === 1 ? leaves : training
  return only === undefined || others.length > 0 ? undefined : { before: [], words: only, after: extra }
}

/** Commands without commands of their own. */
export const leavesOf = (commands: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<ReadonlyArray<string>> =>
  commands.filter(
    (words) => !commands.some((other) => other.length > words.length && words.every((word, at) => other[at] === word)),
  )
