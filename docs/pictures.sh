#!/usr/bin/env bash
# Renews the picture of the report (docs/report.png) and the terminal's words in the README, from the digits campaign:
# `npm start` first, then this. It needs Chromium (apt install chromium).
set -euo pipefail
cd "$(dirname "$0")/.."
campaign=examples/digits/campaign.ts
page=$(npx tanren report "$campaign")
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
  --window-size=1100,1500 --screenshot="$PWD/docs/report.png" "file://$page" 2> chromium.log || { cat chromium.log; exit 1; }
rm -f chromium.log
npx tanren run "$campaign" | node -e '
  const { readFileSync, writeFileSync } = require("node:fs")
  const said = readFileSync(0, "utf8").split("\n").filter((line) => !line.startsWith("Report:") && !line.startsWith("Checkpoint:"))
  const [from, to] = ["<!-- written by docs/pictures.sh -->\n", "<!-- the end of that -->"]
  const page = readFileSync("README.md", "utf8")
  const block = "```\n" + said.join("\n").trim() + "\n```\n"
  writeFileSync("README.md", page.slice(0, page.indexOf(from) + from.length) + block + page.slice(page.indexOf(to)))
'
