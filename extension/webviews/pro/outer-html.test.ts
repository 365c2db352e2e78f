import { expect, it } from 'vitest'
import { outerHtml } from './outer-html.ts'

const parts = {
  target: {
    context: 'prod"><script>alert(1)</script>',
    teamId: '0199a1b0-0000-7000-8000-000000000001',
    clusterId: `cls_${'1'.repeat(32)}`,
  },
  pageUrl: 'https://api.kube9.example/ui/teams/t/clusters/c',
  language: 'en',
  nonce: 'the-nonce',
  scriptUri: 'https://files.example/pro.js',
  styleUri: 'https://files.example/pro.css',
}

it('lets in the server’s page, its own script and its own style, and nothing else', () => {
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(outerHtml(parts))?.[1]
  expect(policy?.replaceAll('&#39;', "'").split('; ')).toEqual([
    "default-src 'none'",
    'frame-src https://api.kube9.example',
    "script-src 'nonce-the-nonce'",
    "style-src 'nonce-the-nonce'",
    "base-uri 'none'",
    "form-action 'none'",
  ])
})

it('takes a cluster’s name for text', () => {
  const html = outerHtml(parts)
  expect(html).not.toContain('<script>alert')
  expect(html.match(/<script/g)).toHaveLength(1)
})
