/** ECMA-48: escape, and what ends a text of a sequence's own: bell or string terminator. */
const ESCAPE = "\\u001b"
const END_OF_TEXT = `(?:\\u0007|${ESCAPE}\\\\|\\u009c)`

/** Whole sequences: with parameters (CSI), with a text of their own (OSC, DCS and their kin), short ones. */
const SEQUENCES = new RegExp(
  [
    `(?:${ESCAPE}\\[|\\u009b)[0-?]*[ -/]*[@-~]`,
    `(?:${ESCAPE}[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u009c]*${END_OF_TEXT}?`,
    `${ESCAPE}[ -/]*[0-~]`,
  ].join("|"),
  "gu",
)

/** What a text does beside being read: everything but tab and newline, and marks that turn the order of reading. */
const CONTROLS = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu

/**
 * A text as it may be shown in a terminal. Programs and files are strangers': a control sequence of theirs must not
 * move the cursor, rename a window or hide what was printed before.
 */
export const withoutControls = (text: string): string => text.replace(SEQUENCES, "").replace(CONTROLS, "")
