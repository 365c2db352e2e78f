import type { OwnEvent } from '../events/event-recorder.ts'
import type { Log } from '../log.ts'
import type { Standing } from '../registration/standing.ts'
import { DOCUMENTATION_URL } from './documentation.ts'
import { awayText, errorOf } from './standing-text.ts'

export interface AnnouncerOptions {
  serverUrl: string
  log: Log
  record(event: OwnEvent): void
}

interface Announcement {
  level: 'info' | 'warn' | 'error'
  reason: string
  title: string
  text: string
}

/** Says once, in log and event store, where the operator stands whenever that changes. */
export class Announcer {
  readonly #options: AnnouncerOptions
  #said = ''

  constructor(options: AnnouncerOptions) {
    this.#options = options
  }

  observe(standing: Standing, clusterId: string | null): void {
    const isAway = 'away' in standing && standing.away !== null
    const now = [standing.kind, isAway, standing.kind === 'refused' ? standing.refusal.code : ''].join()
    if (now === this.#said) return
    this.#said = now
    const { level, reason, title, text } = announcementOf(standing, clusterId, this.#options.serverUrl)
    this.#options.log[level](text)
    const severity = level === 'warn' ? 'warning' : level
    this.#options.record({ type: 'operator', severity, reason, title, description: text })
  }
}

function announcementOf(standing: Standing, clusterId: string | null, serverUrl: string): Announcement {
  switch (standing.kind) {
    case 'operated':
      return {
        level: 'info',
        reason: 'Operated',
        title: 'Operated mode',
        text: 'No API key is configured: the operator works inside the cluster alone, and nothing leaves it.',
      }
    case 'registered':
      return standing.away ? awayAnnouncement(awayText(standing.away)) : connected(clusterId, serverUrl)
    case 'unregistered':
      return standing.away ? failure(standing, serverUrl) : registering(serverUrl)
    case 'key-malformed':
    case 'insecure-address':
    case 'refused':
    case 'grace-over':
      return failure(standing, serverUrl)
  }
}

const failureReasons = {
  'key-malformed': 'KeyMalformed',
  'insecure-address': 'InsecureServerUrl',
  refused: 'Refused',
  unregistered: 'ServerAway',
  'grace-over': 'GraceOver',
} as const

type FailedStanding = Extract<Standing, { kind: keyof typeof failureReasons }>

function failure(standing: FailedStanding, serverUrl: string): Announcement {
  const text = `${errorOf(standing, serverUrl) ?? ''} More: ${DOCUMENTATION_URL}`
  return { level: 'error', reason: failureReasons[standing.kind], title: 'Not connected', text }
}

function registering(serverUrl: string): Announcement {
  return { level: 'info', reason: 'Registering', title: 'Registering', text: `Registering at ${serverUrl}.` }
}

function connected(clusterId: string | null, serverUrl: string): Announcement {
  const text = `Connected to kube9: cluster ${clusterId} is registered at ${serverUrl}.`
  return { level: 'info', reason: 'Connected', title: 'Connected to kube9', text }
}

function awayAnnouncement(why: string): Announcement {
  const text = `The kube9 server is away, and Pro stays for up to 72 hours. ${why} The operator keeps trying.`
  return { level: 'warn', reason: 'ServerAway', title: 'The kube9 server is away', text }
}
