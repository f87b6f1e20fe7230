/** Where a text stops being JSON. */
export interface JsonError {
  /** Of the first character that does not fit, from 0; the text's length where it only ends too early. */
  readonly at: number
  /** What would have to stand there, in words. */
  readonly wanted: string
}

type State = "value" | "first value" | "name" | "first name" | "colon" | "behind a value"
type Close = "}" | "]"

const space = /[ \t\n\r]*/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
/** From the blank on, without quotes and backslashes. */
const text = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy
const cutText = /"(?:[ !#-[\]-\u{10ffff}]|\\.)*\\?$/uy

/**
 * The first error of a text that `JSON.parse` refuses; undefined where it is JSON. The parser itself tells the place in
 * an English sentence, and not always.
 */
export const jsonError = (json: string): JsonError | undefined => {
  /** What closes the objects and lists that are open. */
  const open: Array<Close> = []
  let state: State = "value"
  let at = 0
  const isNext = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.test(json)
    if (found) at = pattern.lastIndex
    return found
  }
  for (;;) {
    isNext(space)
    const close = open.at(-1)
    const wanted = wantedText(state, close)
    const character = json[at]
    const isName: boolean = state === "name" || state === "first name"
    if (character === undefined) return state === "behind a value" && close === undefined ? undefined : { at, wanted }
    if (character === close && (state === "behind a value" || state === "first value" || state === "first name")) {
      at++
      open.pop()
      state = "behind a value"
    } else if (state === "behind a value") {
      if (character !== "," || close === undefined) return { at, wanted }
      at++
      state = close === "}" ? "name" : "value"
    } else if (state === "colon") {
      if (character !== ":") return { at, wanted }
      at++
      state = "value"
    } else if (isNext(text)) {
      state = isName ? "colon" : "behind a value"
    } else if (character === '"') {
      return isNext(cutText)
        ? { at, wanted: 'the closing "' }
        : { at, wanted: "text on one line, each \\ written twice" }
    } else if (isName) {
      return { at, wanted }
    } else if (character === "{" || character === "[") {
      at++
      open.push(character === "{" ? "}" : "]")
      state = character === "{" ? "first name" : "first value"
    } else if (isNext(scalar)) state = "behind a value"
    else return { at, wanted }
  }
}

const wantedText = (state: State, close: Close | undefined): string =>
  ({
    value: "a value",
    "first value": "a value or ]",
    name: "a name in double quotes",
    "first name": "a name in double quotes or }",
    colon: ":",
    "behind a value": close === undefined ? "nothing more" : `, or ${close}`,
  })[state]
