type Box = { x: number; y: number; width: number; height: number }
type Part = Box & { title: string; note: string }
type Arrow = { number: number; path: string; label: string; x: number; y: number; anchor?: 'start' | 'middle' | 'end' }

const rooms: (Box & { title: string })[] = [
  { x: 8, y: 8, width: 300, height: 244, title: 'Your machine' },
  { x: 812, y: 8, width: 300, height: 244, title: 'kube9.io, or your own' },
  { x: 228, y: 396, width: 664, height: 156, title: 'Your cluster' },
]

const parts: Part[] = [
  { x: 32, y: 52, width: 252, height: 72, title: 'You', note: 'browser, terminal' },
  { x: 32, y: 156, width: 252, height: 72, title: 'VS Code', note: 'kube9 extension, kubeconfig' },
  { x: 836, y: 52, width: 252, height: 72, title: 'Portal', note: 'accounts, keys, charts' },
  { x: 836, y: 156, width: 252, height: 72, title: 'Server', note: 'registration, heartbeats, Pro' },
  { x: 252, y: 448, width: 252, height: 80, title: 'Status ConfigMap', note: 'kube9-operator-status' },
  { x: 616, y: 448, width: 252, height: 80, title: 'kube9-operator', note: 'namespace kube9-system' },
]

const arrows: Arrow[] = [
  { number: 1, path: 'M284 74 H828', label: 'sign up, name a key', x: 560, y: 64, anchor: 'middle' },
  { number: 2, path: 'M836 104 H292', label: 'API key, shown once', x: 560, y: 122, anchor: 'middle' },
  { number: 8, path: 'M836 192 H292', label: 'Pro views', x: 560, y: 182, anchor: 'middle' },
  {
    number: 3,
    path: 'M284 114 H444 Q460 114 460 130 V300 Q460 316 476 316 H664 Q680 316 680 332 V440',
    label: 'helm install, key in a Secret',
    x: 570,
    y: 306,
    anchor: 'middle',
  },
  {
    number: 4,
    path: 'M800 448 V332 Q800 316 816 316 H904 Q920 316 920 300 V236',
    label: 'register, heartbeat',
    x: 812,
    y: 368,
  },
  { number: 5, path: 'M1000 228 V400 Q1000 488 912 488 H876', label: 'entitlement, pace', x: 1012, y: 340 },
  { number: 6, path: 'M616 488 H512', label: 'writes', x: 564, y: 478, anchor: 'middle' },
  {
    number: 7,
    path: 'M400 448 V332 Q400 316 384 316 H174 Q158 316 158 300 V236',
    label: 'status, by your kubeconfig',
    x: 176,
    y: 340,
  },
]

/** The parts and what flows between them. On a narrow screen the numbered list after it says the same. */
export function EcosystemDiagram() {
  return (
    <svg
      viewBox="0 0 1120 560"
      className="hidden w-full text-sm lg:block"
      role="img"
      aria-label="You, your editor, the portal, the server and your cluster, with eight numbered arrows that the list below explains."
    >
      <defs>
        <marker
          id="arrow-head"
          viewBox="0 0 10 10"
          refX="8"
          refY="5"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path
            d="M1 1 L9 5 L1 9"
            fill="none"
            className="stroke-link"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </marker>
      </defs>
      {rooms.map((room) => (
        <g key={room.title}>
          <rect {...frame(room)} rx="12" className="fill-sunken stroke-line" />
          <text x={room.x + 24} y={room.y + 30} className="fill-muted text-xs font-medium">
            {room.title}
          </text>
        </g>
      ))}
      {arrows.map((arrow) => (
        <path
          key={arrow.number}
          d={arrow.path}
          fill="none"
          className="stroke-link"
          strokeWidth="1.5"
          markerEnd="url(#arrow-head)"
        />
      ))}
      {parts.map((part) => (
        <g key={part.title}>
          <rect {...frame(part)} rx="8" className="fill-surface stroke-control" />
          <text x={part.x + 18} y={part.y + part.height / 2 - 4} className="fill-ink font-semibold">
            {part.title}
          </text>
          <text x={part.x + 18} y={part.y + part.height / 2 + 16} className="fill-muted text-xs">
            {part.note}
          </text>
        </g>
      ))}
      {arrows.map((arrow) => (
        <text
          key={arrow.number}
          x={arrow.x}
          y={arrow.y}
          textAnchor={arrow.anchor ?? 'start'}
          className="fill-ink text-xs"
        >
          <tspan className="fill-link font-semibold">{arrow.number} </tspan>
          {arrow.label}
        </text>
      ))}
    </svg>
  )
}

function frame({ x, y, width, height }: Box): Box {
  return { x, y, width, height }
}
