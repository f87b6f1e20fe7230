/** Names an error, as Python, Node and argument parsers do. */
const ERROR = /error|exception|invalid|not found|no such|unrecognized|refused|killed/i
const LONGEST = 200

/**
 * The line that says why a program ended: the last one that speaks of an error, else the last one with words. What
 * frames it, or where more is to be read (`╰───╯`, `Set HYDRA_FULL_ERROR=1 …`), tells nobody what was wrong.
 */
export const tellingLine = (lines: string | undefined): string | undefined => {
  const said = (lines ?? "")
    .split("\n")
    .map((line) => line.replaceAll(/[\u2500-\u257f]+/g, "").trim())
    .filter((line) => /[A-Za-z0-9]/.test(line))
  const telling = said.findLast((line) => ERROR.test(line) && !/^(set|try|pass|use|see|run)\b/i.test(line))
  return (telling ?? said.at(-1))?.slice(0, LONGEST)
}
