// Fails with a message in colour, which also renames the window and moves the cursor up, as a progress bar does.
console.error("\u001b]0;busy\u0007\u001b[31mno data\u001b[0m\u001b[2A in data/train")
process.exit(1)
