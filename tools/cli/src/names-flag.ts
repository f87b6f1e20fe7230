import { Flag } from "effect/cli"
import { anyNumber } from "./any-number.ts"

/** Names, separated by commas or by repeating the flag. */
export const names = (flag: string, description: string) =>
  anyNumber(Flag.String(flag).pipe(Flag.withMetavar("names"), Flag.withDescription(description))).pipe(
    Flag.map((given) =>
      given.flatMap((one) => one.split(",").map((name) => name.trim())).filter((name) => name !== ""),
    ),
  )
