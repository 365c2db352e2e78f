import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { KUBELET_PORT, NODE_ADDRESS } from '../addresses.ts'
import type { ContainerLog, LogLine } from './container-log.ts'

type FindLog = (namespace: string, pod: string, container: string) => ContainerLog | null

/** Answers what the API server asks for `kubectl logs`. */
export async function serveLogs(certificate: { cert: string; key: string }, findLog: FindLog): Promise<void> {
  const server = createServer(certificate, (req, res) => {
    answer(req, res, findLog).catch((error: Error) => res.destroy(error))
  })
  server.listen(KUBELET_PORT, NODE_ADDRESS)
  await once(server, 'listening')
}

async function answer(req: IncomingMessage, res: ServerResponse, findLog: FindLog): Promise<void> {
  const url = new URL(req.url ?? '/', `https://${NODE_ADDRESS}`)
  const [, verb, namespace = '', pod = '', container = ''] = url.pathname.split('/')
  if (verb !== 'containerLogs') {
    res.writeHead(501).end('This node serves logs only. Use the exec of the cluster that started it.\n')
    return
  }
  const log = findLog(namespace, pod, container)
  if (!log) {
    res.writeHead(404).end(`the container ${container} of ${namespace}/${pod} does not run on this node\n`)
    return
  }
  await sendLog(res, log, url.searchParams)
}

async function sendLog(res: ServerResponse, log: ContainerLog, query: URLSearchParams): Promise<void> {
  const run = query.get('previous') === 'true' ? log.restart - 1 : log.restart
  const format = ({ time, text }: LogLine) => `${query.get('timestamps') === 'true' ? `${time} ` : ''}${text}\n`
  const since = Number(query.get('sinceSeconds') ?? 0)
  const sinceTime = since > 0 ? new Date(Date.now() - since * 1000).toISOString() : ''
  const ofRun = (await log.read()).filter((line) => line.restart === run && line.time >= sinceTime)
  const tail = query.get('tailLines')
  const lines = tail === null ? ofRun : ofRun.slice(Math.max(0, ofRun.length - Number(tail)))
  res.writeHead(200, { 'content-type': 'text/plain' })
  res.write(lines.map(format).join(''))
  if (query.get('follow') !== 'true') {
    res.end()
    return
  }
  const onLine = (line: LogLine) => res.write(format(line))
  const onEnd = () => res.end()
  log.on('line', onLine).once('end', onEnd)
  res.once('close', () => log.off('line', onLine).off('end', onEnd))
}
