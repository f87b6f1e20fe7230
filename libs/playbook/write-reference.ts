import { writeFileSync } from "node:fs"
import { campaignJsonSchema } from "./src/campaign/schema/index.ts"

/** Writes the JSON Schema of campaign files; a test holds that it is current. */
const file = new URL("../../docs/reference/campaign.schema.json", import.meta.url)
writeFileSync(file, `${JSON.stringify(campaignJsonSchema(), null, 2)}\n`)
