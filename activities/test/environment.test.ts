import { expect, test } from "vitest"
import { environmentFor } from "../src/train/environment.ts"

const device = { variables: { CUDA_VISIBLE_DEVICES: "1" }, threads: 2 }

const TRACKERS_AND_HUBS = {
  WANDB_API_KEY: "key",
  WANDB_MODE: "offline",
  MLFLOW_TRACKING_URI: "http://mlflow.example",
  COMET_API_KEY: "key",
  NEPTUNE_API_TOKEN: "token",
  HF_HOME: "/data/hf",
  HF_TOKEN: "token",
  HUGGINGFACE_HUB_CACHE: "/data/hub",
  TRANSFORMERS_OFFLINE: "1",
  TORCH_HOME: "/data/torch",
  PYTORCH_CUDA_ALLOC_CONF: "expandable_segments:True",
}
const WAY_OUT = {
  HTTP_PROXY: "http://proxy.example",
  HTTPS_PROXY: "http://proxy.example",
  NO_PROXY: "localhost",
  http_proxy: "http://proxy.example",
  https_proxy: "http://proxy.example",
  no_proxy: "localhost",
  SSL_CERT_FILE: "/etc/ca.pem",
  SSL_CERT_DIR: "/etc/ca",
  REQUESTS_CA_BUNDLE: "/etc/ca.pem",
  CURL_CA_BUNDLE: "/etc/ca.pem",
}

test.each([
  ["a script's own trackers and hubs", TRACKERS_AND_HUBS],
  ["the way out", WAY_OUT],
])("%s: handed on without being named", (_, variables) => {
  expect(environmentFor(variables, [], device)).toMatchObject(variables)
})

test("anything else only by name; the leased device comes last", () => {
  const own = { SECRET: "x", MY_DATA: "/data", CUDA_VISIBLE_DEVICES: "0,1" }
  const given = environmentFor(own, ["MY_DATA"], device)
  expect(given).toMatchObject({ MY_DATA: "/data", CUDA_VISIBLE_DEVICES: "1", OMP_NUM_THREADS: "2" })
  expect(given).not.toHaveProperty("SECRET")
})
