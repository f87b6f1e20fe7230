import { tmpdir } from "node:os"
import { join } from "node:path"
import { defineConfig } from "vitest/config"

const everywhere = ["libs", "workflows", "activities", "workers", "tools", "examples"]
const ignored = ["**/node_modules/**", "**/dist/**", "**/.tanren/**"]

// `quick` holds pure tests (seconds in all); `durable` starts real Temporal servers and real training
// programs, three files at a time: much of their time is waiting.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "quick",
          // Pure tests share nothing that a fresh module registry would protect, and loading takes most of their time.
          isolate: false,
          // For what would never end; a busy machine is no failure.
          testTimeout: 60_000,
          include: everywhere.map((room) => `${room}/**/*.test.ts`),
          exclude: [...ignored, "**/*.durable.test.ts"],
        },
      },
      {
        test: {
          name: "durable",
          include: everywhere.map((room) => `${room}/**/*.durable.test.ts`),
          exclude: ignored,
          maxWorkers: 3,
          // As under the command line: the hundreds of processes that tests start need not compile the same again.
          env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") },
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
