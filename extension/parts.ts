/**
 * What the suites that span programs, and the benches, run without an editor. Bundled beside the extension and not part of its
 * package; nothing outside this room may import the sources.
 */
export { Change } from './change.ts'
export { detectAll } from './cluster/detect-all.ts'
export { KubeconfigRegistry } from './cluster/kubeconfig-registry.ts'
export { ServerKeys } from './cluster/server-keys.ts'
export { sections } from './lists/kinds.ts'
export { ObjectList } from './lists/object-list.ts'
