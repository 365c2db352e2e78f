import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

describe('configuration', () => {
  test('an empty environment gives the values that the chart documents', () => {
    expect(readConfig({})).toMatchObject({
      namespace: 'kube9-system',
      server: { url: 'https://api.kube9.io', allowInsecureHttp: false },
      apiKeyDirectory: '/etc/kube9/key',
      statusUpdateIntervalSeconds: 60,
      argocd: { autoDetect: true, enabled: 'look', namespace: 'argocd', detectionIntervalHours: 6 },
      events: { retentionDays: { infoWarning: 7, errorCritical: 30 } },
      httpPort: 8080,
    })
  })

  test('a variable set to the empty text counts as missing', () => {
    expect(readConfig({ STATUS_UPDATE_INTERVAL_SECONDS: '', ARGOCD_ENABLED: '', SERVER_URL: '' })).toEqual(
      readConfig({}),
    )
  })

  test('false turns things off', () => {
    expect(readConfig({ ARGOCD_AUTO_DETECT: 'false', ARGOCD_ENABLED: 'false' }).argocd).toMatchObject({
      autoDetect: false,
      enabled: 'false',
    })
  })

  test('every wrong variable is named, with what it must be', () => {
    const wrong = {
      STATUS_UPDATE_INTERVAL_SECONDS: '5',
      ALLOW_INSECURE_HTTP: 'yes',
      SERVER_URL: 'ftp://x',
      LOG_LEVEL: 'loud',
    }
    expect(() => readConfig(wrong)).toThrow(
      [
        'LOG_LEVEL must be one of debug, info, warn, error.',
        'SERVER_URL must be an address such as https://api.kube9.io.',
        'ALLOW_INSECURE_HTTP must be true or false.',
        'STATUS_UPDATE_INTERVAL_SECONDS must be a whole number of seconds from 10 to 3600.',
      ].join('\n'),
    )
  })

  test('a slash at the end of the server address makes no difference', () => {
    expect(readConfig({ SERVER_URL: 'https://api.example.com/' }).server.url).toBe('https://api.example.com')
  })
})
