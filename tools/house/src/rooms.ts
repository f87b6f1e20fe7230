/** What may be taken of which packages. */
export type Part = Readonly<Record<string, ReadonlyArray<string>>>

/** What one room may import. Tests, and files outside `src`, may use the public entries of every room. */
export interface Room {
  /** Other rooms, by their public entries (`exports` in package.json); `room/entry` allows that entry alone. */
  readonly uses: ReadonlyArray<string>
  /** All the npm packages it may use; it then uses nothing of Node. Left out: Node, and what package.json declares. */
  readonly packages?: ReadonlyArray<string>
  /** What of which packages the folders and files of a name may use besides. */
  readonly parts?: Readonly<Record<string, Part>>
  /** Other rooms are seen by `import type` alone. */
  readonly typesOnly?: true
  /** Global names that it does not use. */
  readonly bars?: ReadonlyArray<string>
  /** Folders beside `src` that are no tests. */
  readonly folders?: ReadonlyArray<string>
  /** Its files whose imports are computed: what they bring in is known only as they run. */
  readonly computed?: ReadonlyArray<string>
  /** Files of others that it reads or runs as processes, named by `new URL(…, import.meta.url)`; all in a folder with `/`. */
  readonly files?: ReadonlyArray<string>
}

/** What describes and decodes a file, and nothing that runs an effect. */
const SCHEMA = { effect: ["Exit", "Result", "Schema", "SchemaAST", "SchemaGetter", "SchemaIssue"] }

const MACHINE = ["process", "global", "globalThis", "Buffer", "eval", "Function", "fetch", "WebSocket", "console"]
const CLOCK = ["Date", "Intl", "performance", "setTimeout", "setInterval", "setImmediate"]
const CHANCE = ["Math", "Math.random", "crypto"]

/** A pure room: numbers and words in, numbers and words out. Only its schemas may use Effect's Schema. */
const pure = (...uses: ReadonlyArray<string>): Room => ({
  uses,
  packages: [],
  parts: { schema: SCHEMA },
  bars: [...MACHINE, ...CLOCK, ...CHANCE],
})

const PURE = ["terms", "statistics", "space", "search", "words", "insight", "playbook"]

/** The whole house, from its ground up: a room may only use rooms that stand above it here. */
export const rooms: Readonly<Record<string, Room>> = {
  "libs/terms": pure(),
  "libs/statistics": pure(),
  "libs/space": { ...pure("terms"), files: ["docs/reference/search-space.schema.json"] },
  "libs/search": pure("terms", "statistics", "space"),
  "libs/words": pure("terms"),
  "libs/insight": {
    ...pure("terms", "statistics", "space", "search", "words"),
    computed: ["test/thresholds.test.ts"],
    files: ["docs/insight.md", "libs/statistics/test/opda.json"],
  },
  "libs/playbook": {
    ...pure("terms", "statistics", "space", "search", "words", "insight"),
    files: ["docs/rules.md", "docs/reference/campaign.schema.json"],
  },
  "libs/contract": {
    uses: ["terms"],
    folders: ["python"],
    files: ["./", "docs/reference/", "node_modules/.cache/tanren/python"],
  },
  "libs/record": { uses: ["terms", "search", "playbook", "contract"] },
  "libs/training": {
    uses: ["terms", "contract"],
    computed: ["src/backend/native.ts", "src/backend/select.ts", "test/export.durable.test.ts"],
    files: ["examples/digits/train.ts"],
  },
  "libs/report": {
    uses: ["terms", "statistics", "space", "words", "insight", "playbook"],
    computed: ["test/words.test.ts"],
  },
  activities: { uses: ["terms", "statistics", "search", "insight", "playbook", "contract", "record"] },
  workflows: {
    uses: ["activities/contract"],
    packages: ["@temporalio/workflow"],
    typesOnly: true,
    bars: MACHINE,
  },
  workers: { uses: ["record", "activities", "workflows"] },
  "tools/analyze": { uses: ["terms", "statistics", "space", "words", "insight", "report"] },
  "tools/conformance": {
    uses: ["terms", "space", "contract", "activities", "workers"],
    computed: ["test/programs/warm-model.mjs"],
    files: ["./"],
  },
  "tools/init": { uses: ["terms", "space", "playbook", "contract", "activities", "conformance"] },
  "tools/setup": { uses: ["training"] },
  "tools/bench": {
    uses: [
      "terms",
      "statistics",
      "space",
      "search",
      "insight",
      "playbook",
      "contract",
      "record",
      "training",
      "analyze",
    ],
    files: [
      "docs/insight.md",
      "examples/digits/train.ts",
      "examples/architectures/train.ts",
      "tools/cli/src/main.ts",
      ".tanren/bench-scipy",
    ],
  },
  "tools/cli": {
    uses: [
      ...[...PURE, "contract", "record", "report", "activities", "workflows", "workers"],
      ...["analyze", "conformance", "init", "setup"],
    ],
    computed: ["bin/tanren.mjs", "src/campaign-file.ts", "test/programs/mixed.mjs"],
    files: [
      ...["examples/", "docs/reference/cli/", "workers/src/processes/training-worker.ts"],
      "tools/analyze/test/fixtures/mlflow-3.17-two.sql",
    ],
  },
  "tools/house": { uses: [], files: ["./"] },
  "tools/pack": { uses: ["house"] },
  /** The root: examples. What they use is what a user's own program may: the entries of `tanren`. */
  ".": { uses: ["tanren"] },
}
