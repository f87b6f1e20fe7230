import { existsSync } from "node:fs"
import { mkdir, rename, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker"
import { cacheFolder } from "./find-binary.ts"
import { fingerprint } from "./fingerprint.ts"

const ENTRY = fileURLToPath(import.meta.resolve("@tanren/workflows"))
const SDK_VERSION = (createRequire(import.meta.url)("@temporalio/worker/package.json") as { version: string }).version

/**
 * The workflow code as one file, made once for each state of the sources: bundling takes seconds, starting a worker
 * from a made bundle does not. Source maps keep names and lines without carrying the sources.
 */
export const workflowBundle = async (): Promise<{ readonly codePath: string }> => {
  const codePath = join(cacheFolder(), "workflows", `${fingerprint(dirname(ENTRY), SDK_VERSION)}.js`)
  if (!existsSync(codePath)) {
    await mkdir(dirname(codePath), { recursive: true })
    const unfinished = `${codePath}.${process.pid}`
    await writeFile(unfinished, await bundleCode())
    await rename(unfinished, codePath)
  }
  return { codePath }
}

export const bundleCode = async (): Promise<string> => {
  const { code } = await bundleWorkflowCode({
    workflowsPath: ENTRY,
    logger: new DefaultLogger("WARN"),
    webpackConfigHook: (config) => ({ ...config, devtool: "inline-nosources-cheap-module-source-map" }),
  })
  return code
}
