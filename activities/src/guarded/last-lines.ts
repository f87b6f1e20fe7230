import { withoutControls } from "@tanren/terms"

/**
 * The end of a program's output: what a person reads first when it crashed. Bounded, whatever the program prints, and
 * free of what a terminal would obey.
 */
export const lastLines = (maxLines: number, maxCharacters: number) => {
  let text = ""
  return {
    add: (chunk: string): void => {
      text = (text + chunk).slice(-4 * maxCharacters)
    },
    read: (): string =>
      text
        .split(/\r?\n|\r/)
        .map(withoutControls)
        .filter((line) => line.trim() !== "")
        .slice(-maxLines)
        .join("\n")
        .slice(-maxCharacters),
  }
}
