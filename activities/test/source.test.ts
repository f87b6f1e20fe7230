import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { sourceOf } from "../src/decisions/source.ts"

const folder = (): string => {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "tanren-source-")))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const hasGit = spawnSync("git", ["--version"]).status === 0

test.skipIf(!hasGit)("the commit and what it lacks, without what Tanren writes itself (needs git)", async () => {
  const root = folder()
  const git = (...words: ReadonlyArray<string>) =>
    execFileSync("git", ["-C", root, "-c", "user.name=A", "-c", "user.email=a@b.c", ...words], {
      encoding: "utf8",
      env: { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined },
    })
  const campaign = join(root, "digits")
  const state = join(campaign, ".tanren")
  mkdirSync(state, { recursive: true })
  const write = (file: string, text: string) => writeFileSync(join(root, file), text)
  const source = () => Effect.runPromise(sourceOf(campaign, state))

  git("init", "-q")
  expect(await source()).toBe(null)
  write("model.py", "1")
  write("digits/train.py", "1")
  git("add", ".")
  git("commit", "-q", "-m", "first")
  write("digits/.tanren/record.sqlite", "")
  const commit = git("rev-parse", "HEAD").trim()
  expect(await source()).toEqual({ commit, changed: [], more: 0 })

  write("model.py", "2")
  git("mv", "digits/train.py", "digits/learn it.py")
  write("digits/new.py", "1")
  const changed = ["digits/learn it.py", "digits/train.py", "model.py", "digits/new.py"]
  expect(await source()).toEqual({ commit, changed: expect.arrayContaining(changed), more: 0 })
  expect((await source())?.changed).toHaveLength(4)
  for (let index = 0; index < 60; index++) write(`digits/n${index}`, "")
  expect(await source()).toMatchObject({ more: 14 })
})

test("a folder without a repository has none", async () => {
  const root = folder()
  expect(await Effect.runPromise(sourceOf(root, join(root, ".tanren")))).toBe(null)
})
