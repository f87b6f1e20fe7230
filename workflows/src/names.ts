/** The type of a refused update whose question is not asked (yet), or is answered: what a client tells apart by it. */
export const NOT_ASKED = "NotAsked"

/** Ids under the campaign's run id: a fresh start gets another run id, so it can never meet an old workflow. */
export const campaignId = (campaign: string): string => `tanren/${campaign}`
/** `kind` is that of the work at this place of the agenda. */
export const workId = (campaign: string, kind: string, place: number): string => `tanren/${campaign}/${kind}-${place}`
export const launchId = (campaign: string, place: number): string => `tanren/${campaign}/launch-${place}`
export const studyId = (campaign: string, study: string): string => `tanren/${campaign}/study/${study}`
export const trialId = (campaign: string, study: string, index: number): string =>
  `tanren/${campaign}/study/${study}/${index}`

/** Histories of before runs that failed were replaced by others do not ask for them. */
export const REPLACES_LOST = "replaces-lost-runs"
