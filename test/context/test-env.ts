import { readEnv } from '#server/platform/env.ts'
import type { Env, EnvSource } from '#server/platform/env.ts'

/** 32 bytes that depend on a name alone, in base64: a secret for tests. */
export function testSecret(name: string): string {
  return Buffer.from(name.padEnd(32, '.').slice(0, 32)).toString('base64')
}

/** The variables of a complete environment of profile `hosted`. */
export function testVariables(databaseUrl: string): Record<string, string> {
  return {
    KUBE9_PROFILE: 'hosted',
    BIND_ADDRESS: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    PORTAL_URL: 'https://app.kube9.example',
    API_URL: 'https://api.kube9.example',
    KEY_PEPPERS: `1:${testSecret('pepper one')}`,
    AUTH_SECRET: testSecret('auth'),
    SIGNING_SECRET: testSecret('signing'),
    API_PORT: '0',
    LOG_LEVEL: 'info',
  }
}

export function testEnv(databaseUrl: string, overrides: EnvSource = {}): Env {
  return readEnv({ ...testVariables(databaseUrl), ...overrides })
}
