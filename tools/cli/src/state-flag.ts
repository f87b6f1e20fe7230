import { Flag } from "effect/cli"

/** `.tanren` beside the campaign file, unless told otherwise. */
export const stateFlag = Flag.String("state").pipe(
  Flag.withMetavar("folder"),
  Flag.withDescription(
    "Folder for the record, checkpoints and Temporal's file (default: .tanren beside the campaign file)",
  ),
  Flag.optional,
)
