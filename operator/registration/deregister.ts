import { readConfig } from '../config.ts'
import { KubernetesApi, loadKubeConfig } from '../kube/kubernetes-api.ts'
import { createLog, errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { readApiKey } from './api-key.ts'
import { RecordStore } from './record-store.ts'
import { isAddressAllowed } from './server-address.ts'
import { createServerClient } from './server-client.ts'

const WITHIN_MS = 15_000

/** Says goodbye to the server. Stands in nobody's way: 15 s at most, always exit code 0, and nothing is sent without a key. */
export async function deregister(env: NodeJS.ProcessEnv): Promise<number> {
  const log = createLog('info')
  const signal = AbortSignal.timeout(WITHIN_MS)
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`not done within ${WITHIN_MS / 1000} s`)))
  })
  try {
    await Promise.race([sayGoodbye(env, signal, log), late])
  } catch (error) {
    log.warn('The server could not be told that this cluster goes. It will see it as offline.', {
      error: errorText(error),
    })
  }
  return 0
}

async function sayGoodbye(env: NodeJS.ProcessEnv, signal: AbortSignal, log: Log): Promise<void> {
  const { namespace, server, apiKeyDirectory } = readConfig(env)
  const key = await readApiKey(apiKeyDirectory)
  if (key.kind !== 'present' || !isAddressAllowed(server)) {
    log.info('There is no usable API key, so the server is not told anything.')
    return
  }
  const store = new RecordStore(new KubernetesApi(loadKubeConfig(env)), { namespace, serverUrl: server.url, log })
  const { clusterId, clusterToken } = await store.load()
  if (clusterId === null) {
    log.info('This cluster was never registered, so there is nothing to say.')
    return
  }
  await createServerClient(server.url).deregister({ apiKey: key.text, clusterToken, signal }, { clusterId })
  log.info('The server knows that this cluster says goodbye.')
}
