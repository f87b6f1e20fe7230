/** How a campaign stands in the record: `failed` is trouble, as it is of a trial. */
export type CampaignStatus = "running" | "finished" | "cancelled" | "failed"
