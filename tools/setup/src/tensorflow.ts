import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import {
  installedIn,
  markerIn,
  NATIVE_PACKAGES,
  NATIVE_VERSION,
  type NativeChoice,
  type NativeInstalled,
  nativeFolder,
} from "@tanren/training/native"
import { type Checked, checkNative } from "./check.ts"
import { installStock } from "./stock.ts"
import { buildFromWheel } from "./wheel.ts"

export type SetupOutcome =
  | { readonly ok: true; readonly folder: string; readonly installed: NativeInstalled; readonly checked: Checked }
  | { readonly ok: false; readonly folder: string; readonly tried: ReadonlyArray<string> }

const ways = (choice: NativeChoice, say: (line: string) => void) =>
  [
    ["stock", "the stock package", (folder: string) => installStock(choice, folder)],
    ["wheel", "TensorFlow's PyPI wheel", (folder: string) => buildFromWheel(choice, folder, say)],
  ] as const

/**
 * Brings the native backend into the user's cache folder, outside every package.json: a later `npm install` neither
 * sees nor removes it. What is there and computes rightly is left as it is; a half-made one is never found.
 */
export const setupTensorflow = async (choice: NativeChoice, say: (line: string) => void): Promise<SetupOutcome> => {
  const folder = nativeFolder(choice)
  const present = await checkTensorflow(choice)
  if (present.ok) {
    say(`${folder} has it already`)
    return present
  }
  const tried: Array<string> = []
  for (const [by, name, bring] of ways(choice, say)) {
    say(`Trying ${name} …`)
    try {
      const { installed, checked } = await inPlace(choice, by, folder, bring)
      return { ok: true, folder, installed, checked }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      say(`  … no: ${why}`)
      tried.push(`${name}: ${why}`)
    }
  }
  return { ok: false, folder, tried }
}

/** Looks at what is installed and lets it compute; brings nothing. */
export const checkTensorflow = async (choice: NativeChoice): Promise<SetupOutcome> => {
  const folder = nativeFolder(choice)
  const installed = installedIn(folder)
  if (installed === undefined) return { ok: false, folder, tried: [`${folder} holds no finished install`] }
  try {
    return { ok: true, folder, installed, checked: rightOnly(await checkNative(choice, folder)) }
  } catch (error) {
    return { ok: false, folder, tried: [error instanceof Error ? error.message : String(error)] }
  }
}

/** Made beside its place, checked, and only then moved there. */
const inPlace = async (
  choice: NativeChoice,
  by: NativeInstalled["by"],
  folder: string,
  bring: (folder: string) => Promise<void>,
) => {
  const making = `${folder}.making-${process.pid}`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  try {
    await writeFile(join(making, "package.json"), `${JSON.stringify({ private: true })}\n`)
    await bring(making)
    const checked = rightOnly(await checkNative(choice, making))
    const installed: NativeInstalled = {
      package: NATIVE_PACKAGES[choice],
      version: NATIVE_VERSION,
      by,
      libtensorflow: checked.libtensorflow,
    }
    await writeFile(markerIn(making), `${JSON.stringify(installed, null, 1)}\n`)
    await mkdir(dirname(folder), { recursive: true })
    await rm(folder, { recursive: true, force: true })
    await rename(making, folder)
    return { installed, checked }
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

const rightOnly = (checked: Checked): Checked => {
  const wrong = checked.operations.filter(({ right }) => !right)
  if (wrong.length === 0) return checked
  throw new Error(`it computes wrongly: ${wrong.map(({ name, found }) => `${name} gives ${found}`).join("; ")}`)
}
