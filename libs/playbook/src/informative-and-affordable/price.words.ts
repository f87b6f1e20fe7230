import { grouped } from "@tanren/words"
import type { CampaignSpec } from "../campaign/campaign.ts"
import type { Cost } from "./price.ts"

export const stepsText = (steps: number, unit: CampaignSpec["stepUnit"]): string => `${grouped(steps)} ${unit}s`

export const deviceTimeText = ({ deviceSeconds }: Cost): string =>
  deviceSeconds === null ? "" : `, about ${durationText(deviceSeconds)} of device time`

/** `45 s`, `12 min`, `3.5 h`, `2.1 days`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${(seconds / 3600).toFixed(1)} h`
  return `${(seconds / 86_400).toFixed(1)} days`
}
