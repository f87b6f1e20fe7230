console.error("no module named torch")
process.exit(1)
