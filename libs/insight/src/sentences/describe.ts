import type { Finding } from "@tanren/terms"
import { english } from "./english.ts"
import { japanese } from "./japanese.ts"

export type Language = "en" | "ja"

/** A finding in a sentence or two, from its evidence alone: recorded findings can be told in either language. */
export const describe = (finding: Finding, language: Language): string =>
  language === "ja" ? japanese(finding) : english(finding)
