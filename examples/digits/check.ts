export const IMAGES = 1797
export const PIXELS = 64

const row = new RegExp(`^(?:(?:1[0-6]|[0-9]),){${PIXELS}}[0-9]$`)

/** What is wrong with the text of digits.csv, in one line; undefined when it is whole. */
export const checkDigits = (text: string): string | undefined => {
  const lines = text.trimEnd().split("\n")
  const bad = lines.findIndex((line) => !row.test(line.trimEnd()))
  if (bad !== -1) {
    return `digits.csv, line ${bad + 1}: wanted ${PIXELS} pixels from 0 to 16 and a digit, found "${lines[bad]!.slice(0, 40)}"`
  }
  return lines.length === IMAGES
    ? undefined
    : `digits.csv has ${lines.length} images, wanted ${IMAGES}: the file is cut short or not the one in examples/digits`
}
