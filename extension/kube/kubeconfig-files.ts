import { homedir } from 'node:os'
import { delimiter, isAbsolute, join, resolve } from 'node:path'

/** The files that kubectl would read, or those of the setting. A missing file stays in the list: it may come to be. */
export function kubeconfigFiles(ofSetting: readonly string[], env: NodeJS.ProcessEnv = process.env): string[] {
  const home = env['HOME'] || homedir()
  if (ofSetting.length > 0) return unique(ofSetting.map((file) => resolve(home, fromHome(file.trim(), home))))
  const ofEnvironment = (env['KUBECONFIG'] ?? '').split(delimiter).filter(Boolean)
  if (ofEnvironment.length > 0) return unique(ofEnvironment.map((file) => (isAbsolute(file) ? file : resolve(file))))
  return [join(home, '.kube', 'config')]
}

function fromHome(file: string, home: string): string {
  return file === '~' || /^~[\\/]/.test(file) ? join(home, file.slice(1)) : file
}

function unique(files: string[]): string[] {
  return [...new Set(files)]
}
