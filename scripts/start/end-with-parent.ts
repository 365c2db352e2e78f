// Loaded into each program before its own code: the program ends when the process that started it does, even when that
// one was killed and could not say so.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
