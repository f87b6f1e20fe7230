/** What a program gets of the worker's environment without asking; the rest is named in the campaign's `env`. */
const HANDED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "LANG",
  "LC_ALL",
  "TZ",
  "TMPDIR",
  "SHELL",
  // Where `tanren setup` puts the native backend of our own programs.
  "XDG_CACHE_HOME",
  // Where Node keeps what it has compiled: a guard and a TensorFlow.js program start in a third of the time.
  "NODE_COMPILE_CACHE",
  "TANREN_CACHE",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "VIRTUAL_ENV",
  "PYTHONPATH",
  "PYTHONHOME",
  // The way out, and whom to trust there: without them a first download or an upload hangs behind a company's proxy.
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
]
const HANDED_ON_BY_PREFIX = [
  "CUDA_",
  "CONDA_",
  "NVIDIA_",
  "NCCL_",
  "XLA_",
  "TF_",
  "JAX_",
  "TORCH_",
  "PYTORCH_",
  // Where models and data sets lie, and who may fetch them.
  "HF_",
  "HUGGINGFACE_",
  "TRANSFORMERS_",
  // Trackers: a script's own calls go on working, keys and offline modes included.
  "WANDB_",
  "MLFLOW_",
  "COMET_",
  "NEPTUNE_",
  "CLEARML_",
]
const THREAD_LIMITS = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"]

const isHandedOn = (name: string): boolean =>
  HANDED_ON.includes(name) || HANDED_ON_BY_PREFIX.some((prefix) => name.startsWith(prefix))

/** Whether a program has the variable without its being named in the campaign's `env`: as it is, or as Tanren sets it. */
export const isHadAnyway = (name: string): boolean => isHandedOn(name) || THREAD_LIMITS.includes(name)

/** `device` says which variables make the leased device the only one the program sees. */
export const environmentFor = (
  own: Readonly<Record<string, string | undefined>>,
  named: ReadonlyArray<string>,
  device: { readonly variables: Readonly<Record<string, string>>; readonly threads: number },
): Record<string, string> => {
  const wanted = (name: string) => named.includes(name) || isHandedOn(name)
  const handed = Object.entries(own).filter(
    (entry): entry is [string, string] => wanted(entry[0]) && entry[1] !== undefined,
  )
  const threads = THREAD_LIMITS.map((name) => [name, String(device.threads)] as const)
  return { ...Object.fromEntries(threads), ...Object.fromEntries(handed), ...device.variables }
}
