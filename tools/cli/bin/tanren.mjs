#!/usr/bin/env node
// Runs on any Node, so that it can say what is wrong with an old one; the command line itself wants Node 24.
import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const HERE = `${process.platform}-${process.arch}`
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const require = createRequire(import.meta.url)

/** The Node of an npm package, where an install has brought it. */
const fetched = (name) => {
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), "bin", "node")
  } catch {
    return undefined
  }
}

const major = Number(process.versions.node.split(".")[0])
const node = major >= 24 ? process.execPath : (fetched(`node-${HERE}`) ?? fetched(`node-bin-${HERE}`))

if (node === undefined) {
  console.error(`Tanren needs Node 24; this is ${process.versions.node}, and \`npm install\` has not fetched one.`)
  console.error("Run `npm install` again (without --omit=optional), or install Node 24.")
  process.exit(1)
}
// With a Node 24 already running there is no need for a second process.
if (node === process.execPath) {
  process.removeAllListeners("warning")
  await import(main)
} else {
  const ended = spawnSync(node, ["--no-warnings", main, ...process.argv.slice(2)], { stdio: "inherit" })
  process.exit(ended.status ?? 1)
}
