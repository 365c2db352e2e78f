import { ChevronDown, ChevronRight, CircleCheck, CircleDashed, Radio } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { Glyph } from '#app/_ui/glyph.tsx'
import './stage.css'
import { demoCluster, demoFacts, demoTerminal, demoTree } from './stage-script.ts'

/**
 * The product, drawn in HTML: a terminal in which the operator is installed, and the tree in which the cluster turns green.
 * It plays once, in five seconds, by style sheet alone; under reduced motion it stands at its end.
 */
export function Stage() {
  return (
    <figure className="mt-14 md:mt-20">
      <div aria-hidden className="overflow-hidden rounded-stage border bg-surface shadow-float">
        <div className="grid md:grid-cols-[300px_1fr]">
          <Tree />
          <Terminal />
        </div>
        <StatusBar />
      </div>
      <figcaption className="mt-4 text-muted">
        The operator is installed, and the cluster turns green by itself. Names and counts are examples.
      </figcaption>
    </figure>
  )
}

function Tree() {
  return (
    <div className="border-b bg-canvas p-3 text-sm md:border-r md:border-b-0">
      <p className="px-2 pb-2 text-xs font-medium text-muted">Clusters</p>
      <div className="flex items-center gap-2 rounded-control bg-hover px-2 py-1.5">
        <ChevronDown size={14} className="shrink-0 text-muted" />
        <StageGlyph size={18} />
        <span className="min-w-0 truncate font-medium">{demoCluster.name}</span>
        <span className="relative ml-auto grid">
          <Tag className="stage-leave bg-offline-soft text-offline" icon={<CircleDashed size={13} />} word="Waiting" />
          <Tag
            className="stage-arrive bg-healthy-soft text-healthy"
            icon={<CircleCheck size={13} />}
            word="Healthy"
            at={4.5}
          />
        </span>
      </div>
      <ul className="mt-1 grid pl-7">
        {demoTree.map(({ label, value }) => (
          <li key={label} className="flex items-center justify-between gap-3 px-2 py-1">
            <span className="flex items-center gap-2">
              <ChevronRight size={14} className="text-muted" />
              {label}
            </span>
            <Cue at={4.5}>
              <span className="text-muted tabular-nums">{value}</span>
            </Cue>
          </li>
        ))}
      </ul>
      <div className="mt-1 flex items-center gap-2 px-2 py-1.5">
        <ChevronRight size={14} className="shrink-0 text-muted" />
        <Glyph clusterId={demoCluster.neighbourId} size={18} className="text-operated-solid" />
        <span className="min-w-0 truncate">staging</span>
        <span className="ml-auto">
          <Tag className="bg-operated-soft text-operated" icon={<Radio size={13} />} word="Operated" />
        </span>
      </div>
    </div>
  )
}

function Terminal() {
  return (
    <div className="min-w-0 bg-terminal p-4 font-mono text-sm leading-6 text-terminal-ink md:p-5">
      {demoTerminal.map((line) => (
        <p key={line.text} className={line.kind === 'printed' ? 'mb-3 flex' : 'flex gap-2'}>
          {line.kind !== 'printed' && <span className="text-terminal-accent">{line.kind === 'typed' ? '$' : ' '}</span>}
          <span
            className={`min-w-0 break-words ${line.kind === 'printed' ? 'stage-arrive text-terminal-muted' : 'stage-type'}`}
            style={cue(line.at)}
          >
            {line.text}
          </span>
        </p>
      ))}
    </div>
  )
}

function StatusBar() {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 border-t bg-canvas px-4 py-2.5 text-xs">
      {demoFacts.map((fact) => (
        <span key={fact.label} className="flex items-center gap-1.5">
          <span className="relative size-3">
            <span className="absolute inset-0 rounded-cell bg-line" />
            <span className="stage-arrive absolute inset-0 rounded-cell bg-healthy-solid" style={cue(fact.at)} />
          </span>
          {fact.label}
        </span>
      ))}
    </div>
  )
}

/** Grey first, green once all four facts are there. */
function StageGlyph({ size }: { size: number }) {
  return (
    <span className="relative grid shrink-0">
      <Glyph
        clusterId={demoCluster.id}
        size={size}
        className="stage-leave col-start-1 row-start-1 text-offline-solid"
        filled={0}
      />
      <span className="stage-arrive col-start-1 row-start-1" style={cue(4.4)}>
        <Glyph clusterId={demoCluster.id} size={size} className="text-healthy-solid" />
      </span>
    </span>
  )
}

function Tag({ className, icon, word, at }: { className: string; icon: ReactNode; word: string; at?: number }) {
  return (
    <span
      className={`col-start-1 row-start-1 inline-flex items-center justify-center gap-1 rounded-full px-2 text-xs leading-5 font-medium ${className}`}
      style={at === undefined ? undefined : cue(at)}
    >
      {icon}
      {word}
    </span>
  )
}

function Cue({ at, children }: { at: number; children: ReactNode }) {
  return (
    <span className="stage-arrive" style={cue(at)}>
      {children}
    </span>
  )
}

/** When a part appears, in seconds after the page is drawn. */
function cue(seconds: number): CSSProperties {
  return { animationDelay: `${seconds}s` }
}
