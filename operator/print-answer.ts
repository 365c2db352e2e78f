/** Puts a command's answer on stdout and resolves when all of it has left. Rejects when it cannot be written. */
export function printAnswer(answer: Buffer | string): Promise<void> {
  return new Promise((resolve, reject) => {
    // A reader that has seen enough, as `head` has, is no fault.
    const settle = (error?: NodeJS.ErrnoException | null) =>
      error && error.code !== 'EPIPE' ? reject(error) : resolve()
    // Without a listener the stream would end the process with what the callback is told, too.
    process.stdout.once('error', settle)
    // The process ends right after this, and a pipe takes only so much at a time.
    process.stdout.write(answer, settle)
  })
}
