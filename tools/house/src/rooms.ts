/** What one room may import. Tests, and files outside `src`, may use the public entries of every room. */
export interface Room {
  /** Other rooms, by their public entries (`exports` in package.json); `room/entry` allows that entry alone. */
  readonly uses: ReadonlyArray<string>
  /** All the npm packages it may use; it then uses nothing of Node. Left out: Node, and what package.json declares. */
  readonly packages?: ReadonlyArray<string>
  /** Packages that folders and files of a name may use besides. */
  readonly parts?: Readonly<Record<string, ReadonlyArray<string>>>
  /** Other rooms are seen by `import type` alone. */
  readonly typesOnly?: true
}

/** A pure room: numbers and words in, numbers and words out. Only its schemas may use Effect's Schema. */
const pure = (...uses: ReadonlyArray<string>): Room => ({ uses, packages: [], parts: { schema: ["effect"] } })

const PURE = ["terms", "statistics", "space", "search", "words", "insight", "playbook"]

/** The whole house, from its ground up: a room may only use rooms that stand above it here. */
export const rooms: Readonly<Record<string, Room>> = {
  "libs/terms": pure(),
  "libs/statistics": pure(),
  "libs/space": pure("terms"),
  "libs/search": pure("terms", "space"),
  "libs/words": pure("terms"),
  "libs/insight": pure("terms", "statistics", "space", "search", "words"),
  "libs/playbook": pure("terms", "statistics", "space", "search", "words", "insight"),
  "libs/contract": { uses: ["terms"] },
  "libs/record": { uses: [...PURE, "contract"] },
  "libs/training": { uses: ["terms", "space", "contract"] },
  "libs/report": { uses: [...PURE, "record"] },
  activities: { uses: [...PURE, "contract", "record", "training", "report"] },
  workflows: {
    uses: ["activities/contract"],
    packages: ["@temporalio/workflow"],
    typesOnly: true,
  },
  workers: { uses: ["terms", "playbook", "contract", "record", "activities", "workflows"] },
  "tools/analyze": { uses: [...PURE, "report"] },
  "tools/conformance": { uses: ["terms", "space", "contract", "activities", "workers"] },
  "tools/init": { uses: ["terms", "space", "playbook", "contract", "activities", "conformance"] },
  "tools/setup": { uses: ["training"] },
  "tools/bench": { uses: [...PURE, "contract", "training", "analyze"] },
  "tools/cli": {
    uses: [
      ...[...PURE, "contract", "record", "report", "activities", "workflows", "workers"],
      ...["analyze", "conformance", "init", "setup"],
    ],
  },
  "tools/house": { uses: [] },
  "tools/pack": { uses: ["house"] },
  /** The root: examples. What they use is what a user's own program may: the entries of `tanren`. */
  ".": { uses: ["tanren"] },
}
