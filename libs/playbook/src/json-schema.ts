import { Schema } from "effect"
import { CampaignInFile } from "./campaign-file.ts"

/** The JSON Schema of a campaign file (draft 2020-12), for editors. `decodeCampaign` judges more than it can say. */
export function campaignJsonSchema(): unknown {
  return Schema.toJsonSchemaDocument(CampaignInFile, { onExcessProperty: "error" }).schema
}
