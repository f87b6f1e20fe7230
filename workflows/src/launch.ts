import type { PersonsWord, WorkTicket } from "@tanren/activities/contract"
import { ApplicationFailure, condition, defineQuery, defineUpdate, setHandler } from "@temporalio/workflow"
import { decide, settle } from "./calls.ts"
import { NOT_ASKED } from "./names.ts"

export const approve = defineUpdate<void, [by: string, note: string]>("approve")
export const reject = defineUpdate<void, [by: string, note: string]>("reject")
export const awaiting = defineQuery<{ waiting: boolean; text: string }>("awaiting")

/**
 * What a piece of work proposes, against what stands. Where the policy asks a person, waits for their word until the deadline,
 * which the record keeps: a lost Temporal database does not start it anew.
 */
export async function launch(input: WorkTicket): Promise<boolean> {
  let person: PersonsWord | null = null
  let waiting = false
  let text = ""
  const speak =
    (word: PersonsWord["word"]) =>
    (by: string, note: string): void => {
      person = { word, by, note }
    }
  const validator = (by: string, _note: string): void => {
    if (typeof by !== "string" || by === "") throw new Error("say who decides")
    if (!waiting) throw ApplicationFailure.nonRetryable("no launch is waiting for approval", NOT_ASKED)
    if (person !== null) throw new Error(`already decided: ${person.word} by ${person.by}`)
  }
  setHandler(approve, speak("approve"), { validator })
  setHandler(reject, speak("reject"), { validator })
  setHandler(awaiting, () => ({ waiting, text }))

  const proposal = await decide.proposeLaunch(input)
  text = proposal.text
  if (proposal.waitMs !== null) {
    waiting = true
    await condition(() => person !== null, Math.max(1, proposal.waitMs))
    waiting = false
  }
  return (await settle.settleLaunch({ ...input, person })).adopted
}
