import Stripe from 'stripe'
import type { Env } from './env.ts'

const TIMEOUT_MS = 20_000
const MAX_RETRIES = 2

/** Stripe's client, or null when no key is configured. `STRIPE_URL` points it at another server than Stripe's. */
export function createStripe(env: Pick<Env, 'stripe'>): Stripe | null {
  if (!env.stripe) return null
  return new Stripe(env.stripe.secretKey, {
    timeout: TIMEOUT_MS,
    maxNetworkRetries: MAX_RETRIES,
    telemetry: false,
    ...(env.stripe.url === null ? {} : serverOf(env.stripe.url)),
  })
}

function serverOf(url: string): { host: string; port: number; protocol: 'http' | 'https' } {
  const { hostname, port, protocol } = new URL(url)
  const scheme = protocol === 'http:' ? 'http' : 'https'
  return { host: hostname, port: port === '' ? { http: 80, https: 443 }[scheme] : Number(port), protocol: scheme }
}
