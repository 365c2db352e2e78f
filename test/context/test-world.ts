import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { Actor } from '#server/core/actor.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { createDatabase } from '#server/platform/database.ts'
import type { Database } from '#server/platform/database.ts'
import type { Env, EnvSource } from '#server/platform/env.ts'
import { createTestDatabase } from '#test/database/create-test-database.ts'
import type { TestDatabase } from '#test/database/create-test-database.ts'
import { SettableClock } from './settable-clock.ts'
import { testEnv } from './test-env.ts'

export type TestTeam = { id: string; slug: string; owner: Actor; member: Actor; ownerEmail: string }

/** What verbs stand on, for one test file: a database of its own, a clock that tests move, and what was logged. */
export class TestWorld {
  readonly database: Pick<TestDatabase, 'appUrl' | 'ownerUrl' | 'drop'>
  readonly env: Env
  readonly db: Database
  readonly clock = new SettableClock()
  /** Every line that was logged. */
  readonly logged: string[] = []
  readonly log = pino({ level: 'debug' }, { write: (line: string) => void this.logged.push(line) })

  private constructor(database: TestWorld['database'], env: Env) {
    this.database = database
    this.env = env
    this.db = createDatabase({ url: database.appUrl })
  }

  static async create(overrides: EnvSource = {}): Promise<TestWorld> {
    const database = await createTestDatabase()
    return new TestWorld(database, testEnv(database.appUrl, overrides))
  }

  /** On a database that somebody else keeps and removes. */
  static on(database: { appUrl: string; ownerUrl: string }): TestWorld {
    return new TestWorld({ ...database, drop: async () => undefined }, testEnv(database.appUrl))
  }

  /** A context as a transport makes one. */
  context(actor: Actor, overrides: Partial<ServiceContext> = {}): ServiceContext {
    const { db, env, clock, log } = this
    return { db, env, clock, log, requestId: randomUUID(), actor, ...overrides }
  }

  /** A team with an owner and a member, in its trial unless said otherwise. */
  async createTeam(plan: { plan?: 'free' | 'trial' | 'pro'; trialEndsAt?: Date } = {}): Promise<TestTeam> {
    const slug = `team-${randomUUID().slice(0, 8)}`
    const trialEndsAt = plan.trialEndsAt ?? new Date(this.clock.now().getTime() + 14 * 24 * 3_600_000)
    const team = await this.db.team.create({
      data: { name: `Team ${slug}`, slug, plan: plan.plan ?? 'trial', trialEndsAt },
      select: { id: true },
    })
    const ownerEmail = `owner-${slug}@example.com`
    const [owner, member] = [
      await this.#createMember(team.id, 'owner', ownerEmail),
      await this.#createMember(team.id, 'member', `member-${slug}@example.com`),
    ]
    return { id: team.id, slug, owner, member, ownerEmail }
  }

  async close(): Promise<void> {
    await this.db.$disconnect()
    await this.database.drop()
  }

  async #createMember(teamId: string, role: 'owner' | 'member', email: string): Promise<Actor> {
    const user = await this.db.user.create({ data: { email, emailVerifiedAt: this.clock.now() }, select: { id: true } })
    await this.db.membership.create({ data: { teamId, userId: user.id, role }, select: { teamId: true } })
    return { kind: 'user', userId: user.id, sessionId: randomUUID(), memberships: [{ teamId, role }] }
  }
}
