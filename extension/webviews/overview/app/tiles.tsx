import type { ReactNode } from 'react'
import { ToneWord } from '../../frame/browser/parts.tsx'
import type { Overview, OverviewNodes } from '../protocol.ts'
import { PartValue } from './part-value.tsx'

/** The facts that one looks for first. */
export function Tiles({ overview: { version, nodes, namespaces, pods } }: { overview: Overview }) {
  return (
    <dl className="tiles">
      <Tile label="Kubernetes">
        <PartValue part={version}>{(text) => text}</PartValue>
      </Tile>
      <Tile label="Nodes">
        <PartValue part={nodes}>{(value) => <ReadyNodes nodes={value} />}</PartValue>
      </Tile>
      <Tile label="CPU">
        <PartValue part={nodes}>{({ cpu }) => cpu}</PartValue>
      </Tile>
      <Tile label="Memory">
        <PartValue part={nodes}>{({ memory }) => memory}</PartValue>
      </Tile>
      <Tile label="Namespaces">
        <PartValue part={namespaces}>{(count) => count.toLocaleString('en')}</PartValue>
      </Tile>
      <Tile label="Pods">
        <PartValue part={pods}>{({ total }) => total.toLocaleString('en')}</PartValue>
      </Tile>
    </dl>
  )
}

function Tile({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="tile">
      <dt>{label}</dt>
      <dd className="numeric">{children}</dd>
    </div>
  )
}

function ReadyNodes({ nodes: { total, ready } }: { nodes: OverviewNodes }) {
  if (total === 0) return 'None'
  return <ToneWord tone={ready === total ? 'good' : 'bad'}>{`${ready}/${total} ready`}</ToneWord>
}
