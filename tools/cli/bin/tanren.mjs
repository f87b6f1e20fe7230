#!/usr/bin/env node
// Runs on any Node, so that it can say what is wrong with an old one; the command line itself wants Node 24.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const root = fileURLToPath(new URL("../../../", import.meta.url))
const fetched = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`].map(
  (name) => `${root}node_modules/${name}/bin/node`,
)
const major = Number(process.versions.node.split(".")[0])
const node = major >= 24 ? process.execPath : fetched.find(existsSync)

if (node === undefined) {
  console.error(`Tanren needs Node 24; this is ${process.versions.node}, and \`npm install\` has not fetched one.`)
  console.error("Run `npm install` in Tanren's folder again (without --omit=optional), or install Node 24.")
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
