import type { V1Container, V1HTTPGetAction, V1Probe } from '@kubernetes/client-node'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import type { ContainerProcess } from './container-process.ts'

export interface ProbeTarget {
  container: V1Container
  podAddress: string
  process: ContainerProcess
}

/** Asks once. Resolves to null when the answer is good, or else to what is wrong. */
export async function checkProbe(probe: V1Probe, target: ProbeTarget): Promise<string | null> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000
  try {
    if (probe.httpGet) return await checkHttp(probe.httpGet, target, timeoutMs)
    if (probe.tcpSocket) return await checkTcp(portNumber(probe.tcpSocket.port, target), target.podAddress, timeoutMs)
    if (probe.exec) return await checkExec(probe.exec.command ?? [], target, timeoutMs)
    return 'this kind of probe is not known to this node'
  } catch (error) {
    return (error as Error).message
  }
}

async function checkExec(command: string[], { process }: ProbeTarget, timeoutMs: number): Promise<string | null> {
  const { exitCode, stdout, stderr } = await process.exec(command, timeoutMs)
  return exitCode === 0 ? null : `exit code ${exitCode}: ${(stderr || stdout).trim()}`
}

function checkHttp(action: V1HTTPGetAction, target: ProbeTarget, timeoutMs: number): Promise<string | null> {
  const secure = action.scheme === 'HTTPS'
  const headers = Object.fromEntries((action.httpHeaders ?? []).map(({ name, value }) => [name, value]))
  const options = {
    host: target.podAddress,
    port: portNumber(action.port, target),
    path: action.path ?? '/',
    headers: { 'user-agent': 'kube-probe/1.35', connection: 'close', ...headers },
    timeout: timeoutMs,
    // A kubelet does not check the certificate of a probe either.
    rejectUnauthorized: false,
  }
  return new Promise((resolve) => {
    const req = secure ? httpsRequest(options) : httpRequest(options)
    req.once('response', (response) => {
      const status = response.statusCode ?? 0
      response.resume()
      resolve(status >= 200 && status < 400 ? null : `HTTP probe failed with statuscode: ${status}`)
    })
    req.once('timeout', () => req.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    req.once('error', (error) => resolve(error.message))
    req.end()
  })
}

function checkTcp(port: number, host: string, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    const answer = (problem: string | null) => {
      socket.destroy()
      resolve(problem)
    }
    socket.once('connect', () => answer(null))
    socket.once('timeout', () => answer(`no connection within ${timeoutMs} ms`))
    socket.once('error', (error) => answer(error.message))
  })
}

function portNumber(port: number | string, { container }: ProbeTarget): number {
  if (typeof port === 'number') return port
  const named = container.ports?.find((candidate) => candidate.name === port)
  if (!named) throw new Error(`the container has no port named ${port}`)
  return named.containerPort
}
