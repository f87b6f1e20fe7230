import { existsSync, realpathSync } from "node:fs"
import { cp } from "node:fs/promises"
import { sep } from "node:path"

/**
 * A checkpoint copied with what its symbolic links mean: PyTorch programs announce a `best.pt` that is a link, and a copied
 * link is nothing once the runs' folder is cleared. Links inside that lead nowhere, or back to a folder around them, are
 * left out.
 */
export const copyOf = (from: string, to: string): Promise<void> =>
  cp(realpathSync(from), to, {
    recursive: true,
    dereference: true,
    filter: (path) => existsSync(path) && !leadsBack(path),
  })

const leadsBack = (path: string): boolean => {
  const meant = realpathSync(path)
  const at = path.lastIndexOf(sep)
  return `${realpathSync(path.slice(0, at) || sep)}${sep}`.startsWith(`${meant}${sep}`)
}
