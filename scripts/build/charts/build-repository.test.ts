import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureHelmAndKubectl } from '../../parts/helm-kubectl.ts'
import { buildChartRepository } from './build-repository.ts'
import { packageChart } from './package-chart.ts'
import { publishDrafts } from './publish.ts'
import { readPublished } from './published.ts'

const realCharts = fileURLToPath(new URL('../../../charts', import.meta.url))
const packageJson = fileURLToPath(new URL('../../../package.json', import.meta.url))

let folder: string
let charts: string
let output: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-packing-'))
  charts = join(folder, 'charts')
  output = join(folder, 'dist')
  await cp(realCharts, charts, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

type Index = { entries: Record<string, { version: string; digest: string; created: string; urls: string[] }[]> }

async function readIndex(): Promise<Index> {
  return JSON.parse(await readFile(join(output, 'index.yaml'), 'utf8')) as Index
}

async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const path = join(charts, file)
  await writeFile(path, (await readFile(path, 'utf8')).replace(from, to))
}

describe('a package', () => {
  test('depends on paths and contents alone, not on times, modes or the order of a folder', async () => {
    const here = await packageChart(join(charts, 'kube9-operator'))
    const values = join(charts, 'kube9-operator', 'values.yaml')
    await utimes(values, new Date(0), new Date(0))
    await chmod(values, 0o600)
    await writeFile(join(charts, 'kube9-operator', 'left-behind.orig'), 'not part of a chart')
    const there = await packageChart(join(charts, 'kube9-operator'))
    expect(there.sha256).toBe(here.sha256)
    await writeFile(values, '# other content\n')
    expect((await packageChart(join(charts, 'kube9-operator'))).sha256).not.toBe(here.sha256)
  })

  test('is what helm makes of the same folder, file by file', async () => {
    const { helm } = await ensureHelmAndKubectl(() => undefined)
    const run = promisify(execFile)
    const { bytes, fileName } = await packageChart(join(charts, 'kube9-operator'))
    await writeFile(join(folder, fileName), bytes)
    await run('tar', ['-xzf', join(folder, fileName), '-C', folder])
    const helmFolder = join(folder, 'helm')
    await run(helm, ['package', join(charts, 'kube9-operator'), '--destination', helmFolder])
    await run('tar', ['-xzf', join(helmFolder, fileName), '-C', helmFolder])
    const listOf = async (root: string): Promise<string[]> =>
      (await readdir(join(root, 'kube9-operator'), { recursive: true })).toSorted()
    expect(await listOf(folder)).toEqual(await listOf(helmFolder))
    const notes = join('kube9-operator', 'templates', 'NOTES.txt')
    expect(await readFile(join(folder, notes))).toEqual(await readFile(join(helmFolder, notes)))
  })
})

describe('the repository', () => {
  test('is the same, byte by byte, each time it is built', async () => {
    await buildChartRepository(charts, output)
    const first = await readFile(join(output, 'index.yaml'))
    await buildChartRepository(charts, output)
    expect(await readFile(join(output, 'index.yaml'))).toEqual(first)
  })

  test('names a draft with the digest of its bytes and the date that was written down', async () => {
    await beginAt('0.1.0')
    const { packages } = await buildChartRepository(charts, output)
    expect((await readIndex()).entries['kube9-operator']).toMatchObject([
      {
        version: '0.1.0',
        digest: packages[0]?.sha256,
        created: '2026-11-01T00:00:00.000Z',
        urls: ['kube9-operator-0.1.0.tgz'],
      },
    ])
  })

  test('refuses a version that nobody wrote down', async () => {
    await edit('kube9-operator/Chart.yaml', /^version: .*$/m, 'version: 0.9.0')
    await expect(buildChartRepository(charts, output)).rejects.toThrow('does not know kube9-operator 0.9.0')
  })
})

describe('a published version', () => {
  beforeEach(async () => {
    await beginAt('0.1.0')
    expect(await publishDrafts(charts, output)).toEqual(['kube9-operator-0.1.0.tgz'])
  })

  test('never changes: another byte in the chart is refused, with what to do', async () => {
    await edit('kube9-operator/values.yaml', 'logLevel: info', 'logLevel: debug')
    await expect(buildChartRepository(charts, output)).rejects.toThrow(
      /0\.1\.0 is published, and its bytes have changed.*Raise the version/,
    )
  })

  test('stays when the chart moves on, with its bytes and its date, below the newer one', async () => {
    const before = await readFile(join(output, 'kube9-operator-0.1.0.tgz'))
    const published = await readPublished(charts)
    await edit('kube9-operator/Chart.yaml', /^version: .*$/m, 'version: 0.10.0')
    const next = { ...published['kube9-operator'], '0.10.0': { created: '2027-01-01T00:00:00.000Z', sha256: null } }
    await writeFile(join(charts, 'published.json'), JSON.stringify({ 'kube9-operator': next }))
    await buildChartRepository(charts, output)
    const versions = (await readIndex()).entries['kube9-operator'] ?? []
    expect(versions.map(({ version }) => version)).toEqual(['0.10.0', '0.1.0'])
    expect(versions[1]?.created).toBe('2026-11-01T00:00:00.000Z')
    expect(await readFile(join(output, 'kube9-operator-0.1.0.tgz'))).toEqual(before)
  })

  describe('that the chart has moved on from', () => {
    const kept = (): string => join(charts, 'published', 'kube9-operator-0.1.0.tgz')
    const draft = '"0.2.0": {"created": "2027-01-01T00:00:00.000Z", "sha256": null}, "0.1.0"'

    beforeEach(async () => {
      await edit('kube9-operator/Chart.yaml', /^version: .*$/m, 'version: 0.2.0')
      await edit('published.json', '"0.1.0"', draft)
    })

    test('stops the build when its bytes were tampered with', async () => {
      await edit('kube9-operator/Chart.yaml', /^version: .*$/m, 'version: 0.1.0')
      await edit('kube9-operator/values.yaml', 'logLevel: info', 'logLevel: debug')
      await writeFile(kept(), (await packageChart(join(charts, 'kube9-operator'))).bytes)
      await edit('kube9-operator/Chart.yaml', /^version: .*$/m, 'version: 0.2.0')
      await expect(buildChartRepository(charts, output)).rejects.toThrow(/does not have the digest/)
    })

    test('stops the build when its file holds another version', async () => {
      await writeFile(kept(), (await packageChart(join(charts, 'kube9-operator'))).bytes)
      await expect(buildChartRepository(charts, output)).rejects.toThrow(/0\.1\.0\.tgz holds kube9-operator 0\.2\.0/)
    })

    test('stops the build when its file is gone', async () => {
      await rm(kept())
      await expect(buildChartRepository(charts, output)).rejects.toThrow(/lists kube9-operator-0\.1\.0\.tgz/)
    })
  })
})

describe('the charts of this repository', () => {
  test('are as they were published', async () => {
    await expect(buildChartRepository(realCharts, output)).resolves.toMatchObject({ folder: output })
  })

  test('install the operator of this version', async () => {
    const { version } = JSON.parse(await readFile(packageJson, 'utf8')) as { version: string }
    const { metadata } = await packageChart(join(realCharts, 'kube9-operator'))
    expect(metadata.appVersion).toBe(version)
    expect(JSON.stringify(metadata['annotations'])).toContain(`kube9-operator:${version}`)
  })
})

/** As if nothing had ever been published, and this version were the first draft. */
async function beginAt(version: string): Promise<void> {
  await rm(join(charts, 'published'), { recursive: true, force: true })
  await writeFile(join(charts, 'published.json'), draftOf(version))
  await edit('kube9-operator/Chart.yaml', /^version: .*$/m, `version: ${version}`)
}

function draftOf(version: string): string {
  return JSON.stringify({ 'kube9-operator': { [version]: { created: '2026-11-01T00:00:00.000Z', sha256: null } } })
}
