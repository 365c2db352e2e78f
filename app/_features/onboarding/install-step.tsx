'use client'

import { useState } from 'react'
import { CommandBlock } from '#app/_ui/command-block.tsx'
import { Field } from '#app/_ui/field.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { Tabs } from '#app/_ui/tabs.tsx'
import type { TabItem } from '#app/_ui/tabs.tsx'
import {
  defaultTarget,
  gitOpsManifest,
  helmCommand,
  installWayOf,
  isKubernetesName,
  manifestCommand,
  quickCommand,
} from './install-commands.ts'
import type { InstallTarget, InstallWay } from './install-commands.ts'
import { Step } from './step.tsx'

type InstallStepProps = { way: InstallWay; chartsUrl: string; apiUrl: string }

const NAME_FAULT = 'Use lower-case letters, digits and hyphens. The command keeps the last name that fits.'

/** The command, in four ways. The names edit it live. */
export function InstallStep({ way, chartsUrl, apiUrl }: InstallStepProps) {
  const [selected, setSelected] = useState<InstallWay>(way)
  const [typed, setTyped] = useState<{ release: string; namespace: string }>(defaultTarget)
  const [names, setNames] = useState<{ release: string; namespace: string }>(defaultTarget)

  function edit(part: 'release' | 'namespace', text: string) {
    setTyped({ ...typed, [part]: text })
    if (isKubernetesName(text)) setNames({ ...names, [part]: text })
  }

  function select(id: string) {
    const next = installWayOf(id)
    setSelected(next)
    const url = new URL(location.href)
    url.searchParams.set('way', next)
    history.replaceState(null, '', url)
  }

  return (
    <Step number={2} title="Run this in a terminal">
      <div className="grid gap-5">
        <div className="grid gap-4 sm:grid-cols-2">
          {(['release', 'namespace'] as const).map((part) => (
            <Field
              key={part}
              name={part}
              label={part === 'release' ? 'Release name' : 'Namespace'}
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={typed[part]}
              onChange={(event) => edit(part, event.target.value)}
              error={isKubernetesName(typed[part]) ? undefined : NAME_FAULT}
            />
          ))}
        </div>
        <Tabs
          label="Ways to install"
          items={waysFor({ ...names, chartsUrl, apiUrl })}
          selected={selected}
          onSelect={select}
        />
      </div>
    </Step>
  )
}

function waysFor(target: InstallTarget): (TabItem & { id: InstallWay })[] {
  return [
    {
      id: 'helm',
      label: 'Helm',
      content: (
        <Way command={helmCommand(target)} label="Install command">
          <p className="text-muted">
            It asks for the key without showing it, puts it into a Secret, and installs the operator. The key enters no
            shell history.
          </p>
        </Way>
      ),
    },
    {
      id: 'quick',
      label: 'Helm, short',
      content: (
        <Way command={quickCommand(target, '<your key>')} label="Short install command">
          <Notice kind="warning">
            The key becomes part of the command: it lands in your shell’s history and in the values of the Helm release.
            Use it for clusters to play with.
          </Notice>
        </Way>
      ),
    },
    {
      id: 'manifest',
      label: 'Manifest',
      content: (
        <Way command={manifestCommand(target)} label="Manifest command">
          <p className="text-muted">
            Helm draws the manifests and kubectl applies them; no release is recorded, so that removing it is up to you.
          </p>
        </Way>
      ),
    },
    {
      id: 'gitops',
      label: 'Argo CD',
      content: (
        <Way command={gitOpsManifest(target)} label="Application">
          <p className="text-muted">
            Put the key into a Secret <code>kube9-api-key</code> under <code>apiKey</code>, by the tool with which you
            keep secrets; never into Git itself.
          </p>
        </Way>
      ),
    },
  ]
}

function Way({ command, label, children }: { command: string; label: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-3">
      {children}
      <CommandBlock command={command} label={label} />
    </div>
  )
}
