console.log("trained well, told nobody")
