#!/usr/bin/env bash
# Renews the picture of the report (docs/report.png) and the terminal's words in the README, from the digits campaign:
# `npm start` first, then this. It needs Chromium (apt install chromium).
set -euo pipefail
cd "$(dirname "$0")/.."
campaign=examples/digits/campaign.ts
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
# Where the checkout lies is nobody's business.
sed -E 's#[^ <>"]*/(examples/digits/campaign\.ts)#\1#g' "$(npx tanren report "$campaign")" > "$folder/report.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
  --window-size=1100,2640 --screenshot="$PWD/docs/report.png" "file://$folder/report.html" 2> "$folder/log" || { cat "$folder/log"; exit 1; }
# The first answer, folded as a terminal of a hundred columns would.
npx tanren run "$campaign" | sed -n '/^digits-/,/^$/p; /^Goal 1/,/^$/p' | fold -s -w 100 | node -e '
  const { readFileSync, writeFileSync } = require("node:fs")
  const [from, to] = ["<!-- written by docs/pictures.sh -->\n", "<!-- the end of that -->"]
  const page = readFileSync("README.md", "utf8")
  const block = "```\n" + readFileSync(0, "utf8").replace(/ +$/gm, "").trim() + "\n```\n"
  writeFileSync("README.md", page.slice(0, page.indexOf(from) + from.length) + block + page.slice(page.indexOf(to)))
'
