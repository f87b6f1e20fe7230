import { en } from "./en.ts"
import { ja } from "./ja.ts"
import type { Language, Words } from "./words.ts"

export const wordsFor = (language: Language): Words => (language === "ja" ? ja : en)
