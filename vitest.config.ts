import { defineConfig } from "vitest/config"

const everywhere = ["libs", "workflows", "activities", "workers", "tools", "examples"]
const ignored = ["**/node_modules/**", "**/dist/**", "**/.tanren/**"]

// `quick` holds pure tests (seconds in all); `durable` starts real Temporal servers and real training
// programs, two files at a time: much of their time is waiting.
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
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
