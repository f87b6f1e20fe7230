import { execFile } from "node:child_process"
import { basename } from "node:path"

export interface RunOptions {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly timeoutSeconds: number
}

/** Runs a program to its end and gives what it printed; one that fails is an error with its last lines. */
export const run = (command: string, args: ReadonlyArray<string>, options: RunOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    const { cwd, environment, timeoutSeconds } = options
    execFile(
      command,
      [...args],
      {
        cwd,
        env: { ...process.env, ...environment },
        timeout: timeoutSeconds * 1000,
        killSignal: "SIGKILL",
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (error === null) return resolve(stdout)
        if (error.code === "ENOENT") return reject(new Error(`there is no \`${command}\` on the PATH`))
        if (error.killed) return reject(new Error(`${command} took longer than ${timeoutSeconds} s`))
        const said = lastLines(stderr) || lastLines(stdout) || error.message
        reject(new Error(`${basename(command)} failed: ${said}`))
      },
    )
  })

const lastLines = (text: string): string =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-6)
    .join("\n    ")
