import type { Issue } from "@tanren/terms"
import { Schema } from "effect"

/** What a person gave cannot be used: said in a line each, nothing was started, exit code 2. */
export class BadInput extends Schema.TaggedError<BadInput>()("BadInput", {
  lines: Schema.Array(Schema.String),
}) {
  override get message(): string {
    return this.lines.join("\n")
  }
}

export const badInput = (...lines: ReadonlyArray<string>): BadInput => new BadInput({ lines })

export const issueLine = (file: string, { path, message, found, allowed }: Issue): string => {
  const where = path === "" ? file : `${file}: ${path}`
  const what = [message, found === undefined ? "" : `found ${found}`].filter((part) => part !== "").join("; ")
  return `${where}: ${what}${allowed === undefined ? "" : `; wanted: ${allowed}`}`
}
