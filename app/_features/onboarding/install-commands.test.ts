import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  defaultTarget,
  gitOpsManifest,
  helmCommand,
  isKubernetesName,
  manifestCommand,
  quickCommand,
} from './install-commands.ts'

const target = { ...defaultTarget, chartsUrl: 'http://localhost:3000/charts', apiUrl: 'http://localhost:4000' }
const shell = [helmCommand(target), manifestCommand(target), quickCommand(target, '<your key>')]

describe('the install commands', () => {
  it.each([helmCommand(target), manifestCommand(target), gitOpsManifest(target)])(
    'hold no key and no place for one',
    (command) => {
      expect(command).not.toMatch(/kdy_|--set apiKey/)
    },
  )

  it('ask for the key without echo, and take nothing of the pasted text for it', () => {
    const [, afterRead = ''] = helmCommand(target).split('read -rs KUBE9_KEY')
    // One compound command: the shell has read it all before it runs `read`.
    expect(afterRead.startsWith(' && \\\n')).toBe(true)
    expect(
      helmCommand(target)
        .split('\n')
        .slice(0, -1)
        .every((line) => line.endsWith(' && \\')),
    ).toBe(true)
  })

  it.each(shell)('are what bash can read', (command) => {
    expect(() => execFileSync('bash', ['-n', '-c', command.replace('<your key>', 'x')])).not.toThrow()
  })

  it('leave the public server out, since it is the default', () => {
    expect(helmCommand(target)).toContain('--set serverUrl=http://localhost:4000')
    expect(helmCommand({ ...target, apiUrl: 'https://api.kube9.io' })).not.toContain('serverUrl')
  })

  it.each(['a b', 'a;rm', '$(id)', '-a', 'a-', 'A', '', 'a'.repeat(54), "a'"])(
    'take no name that is none: %j',
    (name) => {
      expect(isKubernetesName(name)).toBe(false)
    },
  )
})
