import { lstatSync, readlinkSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A folder or file of the node that a container sees at a path of its own. */
export interface ContainerMount {
  source: string
  target: string
  isFolder: boolean
  readOnly: boolean
}

export interface ContainerScript {
  /** An empty folder, which becomes the root. */
  root: string
  /** Its files are copied in, at the same paths. */
  imageFolder: string
  nodeProgram: string
  hostname: string
  /** Lines of /etc/hosts. */
  hosts: string[]
  mounts: ContainerMount[]
  readOnlyRoot: boolean
  workingFolder: string
  /** The process: setpriv with its arguments, and the command. */
  command: string[]
}

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const TOP_FOLDERS = ['bin', 'sbin', 'lib', 'lib32', 'lib64']
const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/alternatives']
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom']

const PASSWD = [
  'root:x:0:0:root:/root:/sbin/nologin',
  'nonroot:x:65532:65532:nonroot:/:/sbin/nologin',
  'nobody:x:65534:65534:nobody:/:/sbin/nologin',
]
const GROUP = ['root:x:0:', 'nonroot:x:65532:', 'nobody:x:65534:']

/**
 * The shell script that turns a fresh mount namespace into a container and becomes its process. It first writes its
 * process id, as the sandbox sees it, to file descriptor 3.
 */
export function containerScript(container: ContainerScript): string {
  const { root, imageFolder, nodeProgram, hostname, mounts, readOnlyRoot, workingFolder, command } = container
  return [
    'set -eu',
    'read -r pid rest < /proc/self/stat; echo "$pid" >&3; exec 3>&-',
    `container_path=$PATH; PATH=${SYSTEM_PATH}`,
    `hostname ${quote(hostname)}`,
    `mount -t tmpfs -o mode=755 tmpfs ${quote(root)}`,
    `cd ${quote(root)}`,
    ...systemFolders(),
    ...baseFiles(container.hosts),
    ...bind({ source: nodeProgram, target: '/usr/local/bin/node', isFolder: false, readOnly: true }),
    `cp -R -P ${quote(imageFolder)}/. .`,
    ...mounts.flatMap(bind),
    'mkdir -p .node && pivot_root . .node',
    'mount -t proc proc /proc',
    'umount -l /.node && rmdir /.node',
    ...(readOnlyRoot ? ['mount -o remount,bind,ro /'] : []),
    `cd ${quote(workingFolder)}`,
    'PATH=$container_path',
    `exec ${command.map(quote).join(' ')}`,
  ].join('\n')
}

/** The node's programs and libraries, read-only, without what is local to the node. */
function systemFolders(): string[] {
  const lines = ['mkdir -p usr/local/bin tmp proc dev etc root run var', 'chmod 1777 tmp', 'ln -s ../run var/run']
  for (const name of readdirSync('/usr')) {
    if (name !== 'local') lines.push(...mirrorEntry(join('/usr', name)))
  }
  return [...lines, ...TOP_FOLDERS.flatMap((name) => mirrorEntry(`/${name}`)), ...SYSTEM_FILES.flatMap(mirrorEntry)]
}

/** A link stays a link; a folder or file is bound. Nothing for what this node does not have. */
function mirrorEntry(path: string): string[] {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return []
  if (stats.isSymbolicLink()) return [`ln -s ${quote(readlinkSync(path))} ${quote(path.slice(1))}`]
  return bind({ source: path, target: path, isFolder: stats.isDirectory(), readOnly: true })
}

function baseFiles(hosts: string[]): string[] {
  const devices = DEVICES.flatMap((name) =>
    bind({ source: `/dev/${name}`, target: `/dev/${name}`, isFolder: false, readOnly: false }),
  )
  return [
    write('etc/passwd', PASSWD),
    write('etc/group', GROUP),
    write('etc/hosts', hosts),
    write('etc/resolv.conf', []),
    write('etc/nsswitch.conf', ['hosts: files']),
    'ln -s /proc/self/fd dev/fd; ln -s /proc/self/fd/1 dev/stdout; ln -s /proc/self/fd/2 dev/stderr',
    ...devices,
  ]
}

function bind({ source, target, isFolder, readOnly }: ContainerMount): string[] {
  const inside = quote(target.replace(/^\/+/, ''))
  const create = isFolder ? `mkdir -p ${inside}` : `mkdir -p "$(dirname ${inside})" && : >> ${inside}`
  const lines = [create, `mount --bind ${quote(source)} ${inside}`]
  return readOnly ? [...lines, `mount -o remount,bind,ro ${inside}`] : lines
}

function write(path: string, lines: string[]): string {
  return `printf '%s\\n' ${lines.map(quote).join(' ')} > ${path}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
