import { tensorflow } from "tanren"
import digits from "../digits/campaign.ts"

// The first question of the digits campaign, but no launch without a person's word:
// whoever says nothing within a day says "keep".
export default {
  ...digits,
  name: "approval",
  trainer: tensorflow("../digits/train.ts", { backend: "wasm", data: ["../digits/digits.csv"] }),
  goals: digits.goals.slice(0, 1),
  policy: { ...digits.policy, launch: { ask: true, within: "24h", then: "keep" as const } },
}
