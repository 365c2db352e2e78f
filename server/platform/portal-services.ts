import type Stripe from 'stripe'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { Env } from './env.ts'
import type { ChangeListener } from './events.ts'
import type { Logger } from './logger.ts'

/** What the portal's process has once, however many copies of a module its bundle holds. */
export type PortalServices = {
  env: Env
  db: Database
  clock: Clock
  log: Logger
  changes: ChangeListener
  /** Null when payments are not configured. */
  stripe: Stripe | null
  /** Aborts when the process begins to end; streams end with it. */
  ending: AbortSignal
}

const KEY = Symbol.for('kube9.portal-services')
type Holder = { [KEY]?: PortalServices }

/** Called once by server/portal.ts, before Next starts. */
export function setPortalServices(services: PortalServices): void {
  ;(globalThis as Holder)[KEY] = services
}

/** Throws when the process is not the portal, as during `next build`, where no page may ask for data. */
export function portalServices(): PortalServices {
  const services = (globalThis as Holder)[KEY]
  if (!services)
    throw new Error('The portal was not started by server/portal.ts, which gives it its database and settings.')
  return services
}
