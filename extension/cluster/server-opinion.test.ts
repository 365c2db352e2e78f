import { expect, test, vi } from 'vitest'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import type { Account, ClusterStanding } from '#contract/extension-api.ts'
import type { ServerClient } from '../account/server-client.ts'
import { ServerOpinion } from './server-opinion.ts'

const TEAM = '01930000-0000-7000-8000-000000000001'
const claims = { team: TEAM, sub: 'cls_1' } as unknown as EntitlementClaims
const member = { teams: [{ id: TEAM }] } as unknown as Account

function opinionOf(answer: () => Promise<Partial<ClusterStanding> | null>, current: Account | null = member) {
  const readStanding = vi.fn(answer)
  const onChange = vi.fn<() => void>()
  const server = { readStanding } as unknown as ServerClient
  return { opinion: new ServerOpinion({ current, server }, onChange), readStanding, onChange }
}

test('a refusal of the server is told as soon as it comes', async () => {
  const refusal = { message: 'The key was revoked.', manageUrl: 'https://app.example' }
  const { opinion, onChange } = opinionOf(async () => ({ pro: false, refusal }))
  expect(opinion.about(claims)).toBeNull()
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce())
  expect(opinion.about(claims)).toEqual({ pro: false, message: 'The key was revoked.' })
})

test('a cluster that the team no longer has is refused', async () => {
  const { opinion, onChange } = opinionOf(async () => null)
  opinion.about(claims)
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce())
  expect(opinion.about(claims)).toMatchObject({ pro: false })
})

test('nobody is asked without an account, or for another team’s cluster', () => {
  const stranger = { teams: [{ id: 'another' }] } as unknown as Account
  for (const account of [null, stranger]) {
    const { opinion, readStanding } = opinionOf(async () => ({ pro: false }), account)
    expect(opinion.about(claims)).toBeNull()
    expect(readStanding).not.toHaveBeenCalled()
  }
})

test('looks in a row ask once a minute, and an answer that does not come changes nothing', async () => {
  const { opinion, readStanding, onChange } = opinionOf(() => Promise.reject(new Error('away')))
  for (let look = 0; look < 20; look++) expect(opinion.about(claims)).toBeNull()
  await vi.waitFor(() => expect(readStanding).toHaveBeenCalledOnce())
  expect(onChange).not.toHaveBeenCalled()
})
