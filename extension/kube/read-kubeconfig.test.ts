import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { kubeconfigFiles } from './kubeconfig-files.ts'
import { readKubeconfig } from './read-kubeconfig.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-kubeconfig-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function file(name: string, content: object | string): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const config = (name: string, more: { server?: string; user?: object; cluster?: object; current?: string } = {}) => ({
  clusters: [{ name, cluster: { server: more.server ?? `https://${name}.example`, ...more.cluster } }],
  users: [{ name, user: more.user ?? { token: `token-of-${name}` } }],
  contexts: [{ name, context: { cluster: name, user: name } }],
  ...(more.current === undefined ? {} : { 'current-context': more.current }),
})

describe('kubeconfig files', () => {
  test('of a name in several the first counts, and the first current-context', async () => {
    const files = [
      await file('a', config('one', { server: 'https://first.example' })),
      await file('b', { ...config('one', { server: 'https://second.example', current: 'two' }) }),
      await file('c', config('two', { current: 'one' })),
    ]
    const { contexts, current, faults } = await readKubeconfig(files)
    expect(contexts.map(({ name, cluster }) => [name, cluster.server])).toEqual([
      ['one', 'https://first.example'],
      ['two', 'https://two.example'],
    ])
    expect({ current, faults }).toEqual({ current: 'two', faults: [] })
  })

  test('a context may take its cluster from another file', async () => {
    const files = [
      await file('a', { contexts: [{ name: 'mixed', context: { cluster: 'one', user: 'one', namespace: 'shop' } }] }),
      await file('b', config('one')),
    ]
    const { contexts } = await readKubeconfig(files)
    expect(contexts[0]).toMatchObject({ name: 'mixed', namespace: 'shop', user: { token: 'token-of-one' } })
  })

  test('paths are relative to the file that names them', async () => {
    const user = { 'client-certificate': 'pki/me.crt', 'client-key': '/etc/me.key', tokenFile: 'token' }
    const path = await file('deep/config', config('one', { user, cluster: { 'certificate-authority': 'ca.crt' } }))
    const { contexts } = await readKubeconfig([path])
    expect(contexts[0]?.cluster['certificate-authority']).toBe(join(folder, 'deep/ca.crt'))
    expect(contexts[0]?.user).toMatchObject({
      'client-certificate': join(folder, 'deep/pki/me.crt'),
      'client-key': '/etc/me.key',
      tokenFile: join(folder, 'deep/token'),
    })
  })

  test('a plugin that is a path lies beside its file, a bare name is left to PATH', async () => {
    const exec = (command: string) => ({ exec: { apiVersion: 'client.authentication.k8s.io/v1', command } })
    const path = await file('config', config('one', { user: exec('./bin/login') }))
    const bare = await file('bare', config('two', { user: exec('login') }))
    const { contexts } = await readKubeconfig([path, bare])
    expect(contexts.map(({ user }) => user.exec?.command)).toEqual([join(folder, 'bin/login'), 'login'])
  })

  test('an address without a scheme is https where there is something of TLS, as kubectl takes it, else http', async () => {
    const files = [
      await file('a', config('plain', { server: 'localhost:8080' })),
      await file(
        'b',
        config('trusted', { server: '10.0.0.1:6443', cluster: { 'certificate-authority-data': 'eA==' } }),
      ),
      await file('c', config('mutual', { server: 'a.example', user: { 'client-certificate-data': 'eA==' } })),
    ]
    const { contexts } = await readKubeconfig(files)
    expect(contexts.map(({ cluster }) => cluster.server)).toEqual([
      'http://localhost:8080',
      'https://10.0.0.1:6443',
      'https://a.example',
    ])
  })

  test('that are missing or empty are no fault', async () => {
    const files = [
      join(folder, 'absent'),
      await file('empty', ''),
      await file('null', '---\n'),
      await file('a', config('one')),
    ]
    const { contexts, faults } = await readKubeconfig(files)
    expect([contexts.length, faults]).toEqual([1, []])
  })
})

describe('what cannot be read', () => {
  test('names the file and the place, never its content, while the rest works', async () => {
    const broken = await file('broken', 'users:\n- name: me\n  user: {token: "secret-token\nclusters: [')
    const { contexts, faults } = await readKubeconfig([broken, await file('a', config('one'))])
    expect(contexts.length).toBe(1)
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${broken} is not YAML: .*line \\d+`))])
    expect(faults.join()).not.toContain('secret-token')
  })

  test('a broken entry takes only what needs it along', async () => {
    const path = await file('a', {
      clusters: [
        { name: 'good', cluster: { server: 'https://good.example' } },
        { name: 'bad', cluster: { server: 7 } },
      ],
      users: [{ name: 'me', user: {} }],
      contexts: [
        { name: 'works', context: { cluster: 'good', user: 'me' } },
        { name: 'broken', context: { cluster: 'bad', user: 'me' } },
        { name: 'lost', context: { cluster: 'good', user: 'nobody' } },
      ],
    })
    const { contexts, faults } = await readKubeconfig([path])
    expect(contexts.map(({ name }) => name)).toEqual(['works'])
    expect(faults).toEqual([
      `${path}: the cluster “bad” is not usable: server should be a string.`,
      'The context “broken” names the cluster “bad”, which no file has.',
      'The context “lost” names the user “nobody”, which no file has.',
    ])
  })

  test('an alias that names nothing takes its file alone along', async () => {
    const files = [await file('a', 'clusters: *absent'), await file('b', config('two'))]
    const { contexts, faults } = await readKubeconfig(files)
    expect(contexts.map(({ name }) => name)).toEqual(['two'])
    expect(faults).toEqual([expect.stringMatching(/a is not YAML/)])
  })

  test('a file that is no mapping is a fault of that file alone', async () => {
    const path = await file('list', '- 1\n- 2\n')
    expect((await readKubeconfig([path])).faults[0]).toMatch(/is no kubeconfig: it should be an object/)
  })
})

describe('which files', () => {
  test('the setting’s, else KUBECONFIG’s, else ~/.kube/config', () => {
    const env = { HOME: '/home/me', KUBECONFIG: '/a::/b:/a' }
    expect(kubeconfigFiles(['~/work', '/c'], env)).toEqual(['/home/me/work', '/c'])
    expect(kubeconfigFiles([], env)).toEqual(['/a', '/b'])
    expect(kubeconfigFiles([], { HOME: '/home/me' })).toEqual(['/home/me/.kube/config'])
  })
})
