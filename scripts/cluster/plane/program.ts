import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LOGS_FOLDER } from '../sandbox/protocol.ts'

const POLL_MS = 50

export interface PlaneProgram {
  name: string
  /** Rejects with the end of the program's log when it ends before its time. Never resolves. */
  ended: Promise<never>
}

/** Starts one program of the control plane, its output in a log file of its own. */
export function startProgram(path: string, args: string[], stateFolder: string): PlaneProgram {
  const name = basename(path)
  const logPath = join(stateFolder, LOGS_FOLDER, `${name}.log`)
  const log = openSync(logPath, 'a')
  const child = spawn(path, args, { stdio: ['ignore', log, log], cwd: stateFolder })
  closeSync(log)
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      void lastLines(logPath).then((lines) => reject(new Error(`${name} ended with ${signal ?? code}:\n${lines}`)))
    })
  })
  ended.catch(() => undefined)
  return { name, ended }
}

/** Waits until `isReady` holds, or rejects as soon as the program ends or the time is over. */
export async function programReady(
  program: PlaneProgram,
  timeoutMs: number,
  isReady: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  const poll = async () => {
    while (!(await isReady().catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`${program.name} was not ready within ${timeoutMs / 1000} s`)
      await delay(POLL_MS)
    }
  }
  await Promise.race([poll(), program.ended])
}

async function lastLines(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-8).join('\n')
}
