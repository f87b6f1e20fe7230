import type { Exit } from "./outcome.ts"

/**
 * What programs print when a device or the machine has no more memory for them: PyTorch ("CUDA out of memory", and the
 * same of HIP, XPU and MPS; "can't allocate memory" on a CPU), TensorFlow ("OOM when allocating tensor"), JAX and XLA
 * (RESOURCE_EXHAUSTED, which gRPC also says of quotas, hence with what was exhausted), the CUDA driver, Python and
 * NumPy (MemoryError), C++ (std::bad_alloc), Node, WebAssembly.
 */
const SAID = [
  /\bOutOfMemoryError\b/,
  /\b(CUDA|HIP|XPU|MPS backend) out of memory\b/i,
  /\bCUDA_ERROR_OUT_OF_MEMORY\b/,
  /\bcudaErrorMemoryAllocation\b/,
  /\bRESOURCE_EXHAUSTED\b.*(out of memory|allocat)/i,
  /\bOOM when allocating\b/,
  /\bDefaultCPUAllocator: (can't|not enough)/,
  /^(numpy\.\S*)?_?(Array)?MemoryError\b/,
  /\bstd::bad_alloc\b/,
  /\bJavaScript heap out of memory\b/,
  /\bArray buffer allocation failed\b/,
  /\bAborted\(OOM\)/,
]

/** A child of the program (PyTorch's data loader) that somebody killed; alone it says nothing of memory. */
const CHILD_KILLED = /killed by signal: Killed/
/** 128 + 9: how a shell passes on that its child was ended by SIGKILL. */
const KILLED_BELOW_A_SHELL = 137

/** A limit counts as nearly reached from this share on: memory is weighed every few seconds, and may grow in between. */
export const NEAR_LIMIT = 0.9

const MAX_LINE = 300

/** Somebody told it to leave, so that nothing it had said before is the reason; a shell passes it on as 128 + number. */
const SENT_AWAY: ReadonlyArray<number | string> = ["SIGHUP", "SIGINT", "SIGTERM", 129, 130, 143]

/** Without a traceback that says where the end begins, so many lines: what was said earlier was survived. */
const END_LINES = 3
const TRACEBACK = /^(Original )?Traceback \(most recent call last\)/
/** Where an exception came from, not what it is: Python's frames, JavaScript's, Node's own and C++'s. */
const FRAME = /^\s+(?!what\(\))|^(frame )?#\d+|^-----|^Node\.js v/

/**
 * The last exception, or the last lines. A buffered standard output comes after the traceback, so that all that follows
 * it counts. Of a long traceback only the frames may be left.
 */
const endOf = (lastLines: string): ReadonlyArray<string> => {
  const lines = lastLines.split("\n").filter((line) => line.trim() !== "")
  const from = lines.findLastIndex((line) => TRACEBACK.test(line))
  if (from !== -1) return lines.slice(from)
  if (lines.some((line) => /^\s+File "/.test(line))) return lines
  return lines.filter((line) => !FRAME.test(line)).slice(-END_LINES)
}

/** Why the program ended for want of memory, in the program's own words; undefined where it says nothing of it. */
const saidBy = (lastLines: string): string | undefined => {
  const line = endOf(lastLines).find((one) => SAID.some((pattern) => pattern.test(one.trim())))
  return line === undefined ? undefined : `out of memory: ${line.trim().slice(0, MAX_LINE)}`
}

/**
 * Why an unasked-for end was one for want of memory, or undefined. The program's own message is believed
 * where it stands at the very end: one that it survived is not why it was sent away, or failed later. A SIGKILL alone is no proof, since people and schedulers send it, too: only with a kill counted by the kernel's OOM killer
 * in the program's control group, or with the last weighing near the trial's limit.
 */
export const outOfMemory = (exit: Exit): string | undefined => {
  if (SENT_AWAY.includes(exit.signal ?? exit.code ?? 0)) return undefined
  const lastLines = exit.lastLines ?? ""
  const said = saidBy(lastLines)
  if (said !== undefined) return said
  const itself = exit.signal === "SIGKILL" || exit.code === KILLED_BELOW_A_SHELL
  if (exit.memory === undefined || !(itself || CHILD_KILLED.test(lastLines))) return undefined
  const { oomKilled, usedMb, limitMb } = exit.memory
  if (oomKilled) return "out of memory: the system's OOM killer ended it (SIGKILL)"
  if (usedMb === undefined || limitMb === undefined || usedMb < NEAR_LIMIT * limitMb) return undefined
  return `out of memory: ended by SIGKILL with ${Math.round(usedMb)} MiB in use, its limit is ${limitMb}`
}
