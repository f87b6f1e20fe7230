import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { expect, onTestFinished, test, vi } from "vitest"
import { devicesFor, visibleGpus } from "../src/index.ts"

const TWO = `GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)
GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-0a1b2c3d-0000-1111-2222-333344445555)
`
const DIVIDED = `GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)
  MIG 3g.20gb     Device  0: (UUID: MIG-c7384736-a75d-5afc-978f-d2f1294409fd)
  MIG 1g.5gb      Device  1: (UUID: MIG-a28ad590-3fda-56dd-84fc-0a0b96edc58d)
GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-0a1b2c3d-0000-1111-2222-333344445555)
`

/** A fake nvidia-smi, alone on the PATH: no GPU takes part in these tests. */
const withNvidiaSmi = (prints: string, code = 0): string => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-fake-nvidia-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, "nvidia-smi")
  writeFileSync(file, `#!/bin/sh\n[ "$1" = -L ] || exit 64\necho '${prints}'\nexit ${code}\n`)
  chmodSync(file, 0o755)
  return folder
}

const seen = (PATH: string, CUDA_VISIBLE_DEVICES?: string) =>
  Effect.runPromise(visibleGpus({ PATH, ...(CUDA_VISIBLE_DEVICES === undefined ? {} : { CUDA_VISIBLE_DEVICES }) }))

const shown = async (PATH: string, given?: string) =>
  (await seen(PATH, given)).gpus.map(({ variables }) => variables.CUDA_VISIBLE_DEVICES)

const NOWHERE = "/nonexistent"

test("every GPU that nvidia-smi lists, counted in its order", async () => {
  expect(await seen(withNvidiaSmi(TWO))).toEqual({
    gpus: ["0", "1"].map((id) => ({ id, variables: { CUDA_VISIBLE_DEVICES: id, CUDA_DEVICE_ORDER: "PCI_BUS_ID" } })),
    found: "nvidia-smi lists 2 GPUs",
  })
})

test("a divided GPU is leased by the slice", async () => {
  const { gpus, found } = await seen(withNvidiaSmi(DIVIDED))
  expect(gpus.map(({ id }) => id)).toEqual([
    "MIG-c7384736-a75d-5afc-978f-d2f1294409fd",
    "MIG-a28ad590-3fda-56dd-84fc-0a0b96edc58d",
    "1",
  ])
  expect(found).toBe("nvidia-smi lists 2 GPUs with 2 MIG devices")
})

test.each([
  ["1", ["1"]],
  ["1, 0", ["1", "0"]],
  ["0,0", ["0"]],
  ["GPU-0a1b2c3d", ["GPU-0a1b2c3d"]],
  ["MIG-GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77/1/0", ["MIG-GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77/1/0"]],
  ["0,-1,1", ["0"]],
])("CUDA_VISIBLE_DEVICES=%s is handed on as it is written", async (given, wanted) => {
  expect(await shown(withNvidiaSmi(TWO), given)).toEqual(wanted)
  expect(await shown(NOWHERE, given)).toEqual(wanted)
})

test("indexes of the person's own keep the person's order of devices", async () => {
  const { gpus } = await seen(withNvidiaSmi(TWO), "1")
  expect(gpus[0]?.variables).toEqual({ CUDA_VISIBLE_DEVICES: "1" })
})

test.each([
  ["hidden by the empty text", TWO, "", 'CUDA_VISIBLE_DEVICES is "", which hides every GPU'],
  ["hidden by -1", TWO, "-1", 'CUDA_VISIBLE_DEVICES is "-1", which hides every GPU'],
  ["an index that there is not", TWO, "0,7", "CUDA_VISIBLE_DEVICES names 7, and nvidia-smi lists 2 GPUs"],
  ["a UUID that there is not", TWO, "GPU-ff", "CUDA_VISIBLE_DEVICES names GPU-ff, and nvidia-smi lists 2 GPUs"],
  ["no GPU", "No devices found.", undefined, "nvidia-smi lists no GPU"],
])("%s: none, and why", async (_, prints, given, found) => {
  expect(await seen(withNvidiaSmi(prints), given)).toEqual({ gpus: [], found })
})

test("without nvidia-smi, or with one that fails: none, and why", async () => {
  expect(await seen(NOWHERE)).toEqual({ gpus: [], found: "nvidia-smi is not on the PATH" })
  const broken = withNvidiaSmi("NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.", 9)
  expect((await seen(broken)).found).toMatch(/^nvidia-smi fails: NVIDIA-SMI has failed because/)
})

const devicesOf = (devices: number, CUDA_VISIBLE_DEVICES: string) => {
  vi.stubEnv("CUDA_VISIBLE_DEVICES", CUDA_VISIBLE_DEVICES)
  vi.stubEnv("PATH", NOWHERE)
  onTestFinished(() => void vi.unstubAllEnvs())
  return Effect.runPromise(devicesFor({ resources: "gpu", slots: 1, devices }))
}

test("several GPUs a trial are leased together, and what cannot be dealt out is left", async () => {
  const leased = (await devicesOf(2, "4,5,6,7,1")).leases.map(({ name, variables }) => [
    name,
    variables.CUDA_VISIBLE_DEVICES,
  ])
  expect(leased).toEqual([
    ["gpu-4+5", "4,5"],
    ["gpu-6+7", "6,7"],
  ])
})

test("more GPUs a trial than can be seen are refused with the number that is wanted", async () => {
  await expect(devicesOf(3, "0,1")).rejects.toThrow(
    'trainer.devices: a trial leases 3 GPUs, and fewer can be seen here: CUDA_VISIBLE_DEVICES is "0,1" (found 3;',
  )
})
