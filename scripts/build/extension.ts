import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleHost, bundleParts } from './extension/bundle-host.ts'
import { bundleWebviews } from './extension/bundle-webviews.ts'
import { layOutPackage } from './extension/lay-out-package.ts'
import { packVsix } from './extension/pack-vsix.ts'
import { thirdPartyNotices } from './extension/third-party-notices.ts'

// node scripts/build/extension.ts   bundles the extension into dist/extension/package and packs it, the same input to the same bytes

/** What people download; the marketplace takes much more, a person on a train does not. */
const MAX_BYTES = 2 * 1024 * 1024

const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const source = inRepository('extension')
const folder = inRepository('dist/extension/package')
const parts = inRepository('dist/extension/parts')
const vsix = inRepository('dist/extension/kube9-vscode.vsix')

await layOutPackage({ source, folder, license: inRepository('LICENSE') })
const bundled = [...(await bundleHost({ source, folder })), ...(await bundleWebviews({ source, folder }))]
await writeFile(join(folder, 'ThirdPartyNotices.txt'), thirdPartyNotices(source, bundled))
await rm(parts, { recursive: true, force: true })
await bundleParts({ source, folder: parts })
const bytes = await packVsix({ folder, vsix })
if (bytes > MAX_BYTES) throw new Error(`The extension has ${bytes} bytes; ${MAX_BYTES} are the most it may have.`)
console.log(`dist/extension/kube9-vscode.vsix  ${(bytes / 1024).toFixed(0)} KiB`)
