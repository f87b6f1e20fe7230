import type { Language } from "@tanren/words"
import { en } from "./en.ts"
import { ja } from "./ja.ts"
import type { Words } from "./words.ts"

export type { Words } from "./words.ts"

export const wordsFor = (language: Language): Words => (language === "ja" ? ja : en)
