import { writeFileSync } from "node:fs"
import { basename } from "node:path"
import { decodeCampaign } from "@tanren/playbook/schema"
import { formatIssue } from "@tanren/terms"
import { Effect } from "effect"
import { campaignTypeScript, campaignYaml } from "./campaign-text.ts"
import type { Composed } from "./compose.ts"
import { CannotInit, type InitRequest } from "./request.ts"

/** Writes the campaign where it decodes; the decoded one, and what decoding has to say of it. */
export const writeCampaign = Effect.fnUntraced(function* (
  { script, yaml }: InitRequest,
  file: string,
  campaign: Composed,
  comments: ReadonlyArray<string>,
) {
  const decoded = decodeCampaign(campaign)
  if (!decoded.ok) {
    return yield* new CannotInit({
      message: [`${basename(script)}: no campaign could be made of it:`, ...decoded.issues.map(formatIssue)].join("\n"),
    })
  }
  writeFileSync(file, yaml ? campaignYaml(campaign, comments) : campaignTypeScript(campaign, comments))
  return decoded
})
