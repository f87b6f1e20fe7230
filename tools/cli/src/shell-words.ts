/** An argv as a person can paste it into a shell; nothing of ours ever passes through one. */
export const shellWords = (argv: ReadonlyArray<string>): string => argv.map(shellWord).join(" ")

export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
