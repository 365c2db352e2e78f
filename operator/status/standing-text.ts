import { OFFLINE_GRACE_HOURS } from '#contract/operator-status.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { Refusal } from '../registration/record.ts'
import type { Away, Standing } from '../registration/standing.ts'
import { PORTAL_URL } from './documentation.ts'

const SECRET = 'the Secret that the operator reads (kube9-operator-config, unless you named another)'

/** What is wrong and where to mend it, for `error` in the status; null exactly when nothing is. */
export function errorOf(standing: Standing, serverUrl: string): string | null {
  switch (standing.kind) {
    case 'operated':
    case 'registered':
      return null
    case 'key-malformed':
      return `The text in ${SECRET} is not an API key, so it was not sent. Copy the key again; a character may be missing.`
    case 'insecure-address':
      return `serverUrl is ${serverUrl}, which is not https, so the API key was not sent. Use https, or set allowInsecureHttp to true.`
    case 'refused':
      return refusalText(standing.refusal)
    case 'unregistered':
      return standing.away
        ? `Not registered yet: ${awayText(standing.away)} The operator keeps trying.`
        : `Not registered yet. The operator is trying the API key at ${serverUrl}.`
    case 'grace-over':
      return graceText(standing.lastServerContact, standing.away, serverUrl)
  }
}

/** Why the server cannot be asked, and since when. */
export function awayText({ detail, since }: Away): string {
  return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}, since ${since.toISOString()}.`
}

function graceText(lastContact: Date | null, away: Away | null, serverUrl: string): string {
  const why = away ? ` ${awayText(away)}` : ''
  if (lastContact === null)
    return `The server at ${serverUrl} has not confirmed this cluster.${why} The operator keeps trying.`
  return `The server at ${serverUrl} has been away since ${lastContact.toISOString()}, longer than ${OFFLINE_GRACE_HOURS} hours, so Pro has ended until it is back.${why}`
}

const refusals: Partial<Record<ErrorCode, { what: string; mend: string; page: string }>> = {
  INVALID_API_KEY: {
    what: 'The API key was refused; it may be revoked',
    mend: `Create a new key and put it into ${SECRET}`,
    page: PORTAL_URL,
  },
  API_KEY_EXPIRED: {
    what: 'The API key has expired',
    mend: `Create a new key and put it into ${SECRET}`,
    page: PORTAL_URL,
  },
  SUBSCRIPTION_REQUIRED: {
    what: 'The team has no active plan',
    mend: 'Choose a plan; the operator then goes on by itself',
    page: PORTAL_URL,
  },
  CLUSTER_LIMIT_REACHED: {
    what: "The plan's number of clusters is used up",
    mend: 'Remove a cluster or change the plan',
    page: PORTAL_URL,
  },
}

const OTHER_REFUSAL = {
  what: 'The API key may not be used for this cluster',
  mend: `Create a new key and put it into ${SECRET}`,
  page: PORTAL_URL,
}

function refusalText({ code, at, since, manageUrl }: Refusal): string {
  const { what, mend, page } = refusals[code] ?? OTHER_REFUSAL
  return `${what}, since ${since ?? at} (${code}). ${mend}: ${manageUrl ?? page}`
}
