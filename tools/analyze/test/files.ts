import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { randomOf } from "@tanren/terms"
import { type ReadingOptions, type Results, readResults } from "../src/index.ts"

const folder = mkdtempSync(join(tmpdir(), "tanren-analyze-test-"))
let made = 0

/** A file of its own for each call, in a folder of its own. */
export const fileWith = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, String(made++), name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

export const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))

/** Results that must be readable. */
export const reading = (file: string, options: ReadingOptions = {}): Results => {
  const outcome = readResults([file], options)
  if (!outcome.ok) throw new Error(outcome.lines.join("\n"))
  return outcome.value
}

/** The refusal's lines, without the folder; "read" where there is none. */
export const refusal = (file: string, options: ReadingOptions = {}): string => {
  const outcome = readResults([file], options)
  return outcome.ok ? "read" : outcome.lines.join("\n").replaceAll(/\S*tanren-analyze-test-\w+\/\d+\//g, "")
}

export interface Planted {
  readonly learning_rate: number
  readonly dropout: number
  readonly layers: number
  readonly optimizer: string
  readonly loss: number
}

/** Trials over learning rates 1e-5 to `high`, whose loss is least at `best`. */
export const planted = (seed: string, count: number, best: number, high = 1e-2): ReadonlyArray<Planted> => {
  const { uniform, normal } = randomOf(seed)
  return Array.from({ length: count }, () => {
    const learning_rate = 10 ** (-5 + (Math.log10(high) + 5) * uniform())
    const dropout = 0.5 * uniform()
    const layers = 1 + Math.floor(6 * uniform())
    const loss = 0.1 + 0.05 * (Math.log10(learning_rate) - Math.log10(best)) ** 2 + 0.002 * normal()
    return { learning_rate, dropout, layers, optimizer: uniform() < 0.5 ? "adam" : "nesterov", loss }
  })
}

export const csvOf = (rows: ReadonlyArray<object>, delimiter = ","): string => {
  const names = Object.keys(rows[0] ?? {})
  return [names.join(delimiter), ...rows.map((row) => Object.values(row).join(delimiter))].join("\n")
}
