import { spawn } from "node:child_process"
import type { CampaignSpec } from "@tanren/playbook"
import { Duration, Effect } from "effect"

/** A notification is a courtesy: it gets this long, and the campaign never waits for its success. */
const PATIENCE = Duration.seconds(20)

export interface News {
  readonly campaign: string
  readonly about: "launch-waits" | "refinement-waits" | "campaign-ended"
  readonly text: string
}

/** Runs the campaign's `policy.notify` command with the news in its environment; trouble is logged, nothing more. */
export const notify = Effect.fn("notify")(function* (spec: CampaignSpec, directory: string, news: News) {
  const [command, ...args] = spec.policy.notify
  if (command === undefined) return
  const environment = { TANREN_CAMPAIGN: news.campaign, TANREN_ABOUT: news.about, TANREN_TEXT: news.text }
  const run = Effect.callback<void, string>((resume) => {
    const child = spawn(command, args, { cwd: directory, env: { ...process.env, ...environment }, stdio: "ignore" })
    child.once("error", (error) => resume(Effect.fail(error.message)))
    child.once("exit", (code) => resume(code === 0 ? Effect.void : Effect.fail(`it exited with code ${code}`)))
    return Effect.sync(() => child.kill())
  })
  yield* run.pipe(
    Effect.timeout(PATIENCE),
    Effect.catch((why) => Effect.logWarning(`policy.notify (${command}): ${why}`)),
  )
})
