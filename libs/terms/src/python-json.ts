/** Strings are matched first and kept, so that only bare tokens are quoted; an unclosed string runs to the end, which
 * keeps the scan linear whatever a program writes. */
const bareTokens = /"(?:[^"\\]|\\.)*(?:"|$)|-?Infinity|NaN/gs

/**
 * JSON as Python's json.dumps and most loggers write it, where a trial diverged: bare NaN, Infinity and -Infinity become
 * the strings of these names. Throws a SyntaxError like JSON.parse on what is no JSON either way.
 */
export const parsePythonJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error
    return JSON.parse(text.replace(bareTokens, (token) => (token.startsWith('"') ? token : `"${token}"`)))
  }
}
