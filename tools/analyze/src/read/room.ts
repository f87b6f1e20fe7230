import { getHeapStatistics } from "node:v8"
import { type Refusal, refuse } from "../outcome.ts"

/**
 * How much of what fits into V8's heap, which ends the process without a way back where it is full. The bytes of each
 * are rounded up from the smallest heaps that files of 8 million cells, and a document of 110 MB, were read with.
 */
export interface Room {
  /** Of the heap, as the person may set it. */
  readonly megabytes: number
  /** Of rows, and steps and values of curves. */
  readonly cells: number
  /** Hyperparameters of all trials together: each trial's are an object. */
  readonly values: number
  /** Of a JSON document, which becomes objects before it becomes columns. */
  readonly characters: number
}

/** Node, Tanren, the report, and the three parts of 64 MiB in which V8 makes objects. */
const program = 300 * 2 ** 20

/**
 * @param heap bytes
 * @param share of what the heap has left
 */
export const roomIn = (heap: number, share = 1): Room => {
  const free = Math.max(0, heap - program) * share
  return {
    megabytes: Math.round(heap / 2 ** 20),
    cells: Math.floor(free / 24),
    values: Math.floor(free / 160),
    characters: Math.floor(free / 12),
  }
}

/** For each of so many files; where there are several, each column is held twice while they are joined. */
export const roomFor = (files: number): Room =>
  roomIn(getHeapStatistics().heap_size_limit, files === 1 ? 1 : 1 / (2 * files))

/** @param what that is too much, as in "more cells" */
export const memoryTrouble = (what: string, wayOut: string, { megabytes }: Room): string =>
  `has ${what} than fit into the ${megabytes} MB of memory that Node gives; ${wayOut}, or give more (NODE_OPTIONS=--max-old-space-size=${2 ** Math.ceil(Math.log2(megabytes + 1))})`

export const tooManyCells = (file: string, room: Room): Refusal =>
  refuse(
    `${file}: ${memoryTrouble(`more cells (${room.cells.toLocaleString("en")})`, "leave out evaluations (every tenth is enough)", room)}`,
  )
