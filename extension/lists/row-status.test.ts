import { describe, expect, test } from 'vitest'
import { rowStatus } from './row-status.ts'

function of(kind: string, cells: Record<string, string>) {
  return rowStatus(kind, { name: 'x', namespace: null, cell: (column) => cells[column] ?? '' })
}

describe('what a row says', () => {
  test.each([
    ['Pod', { Status: 'Running', Ready: '1/1', Restarts: '0' }, '1/1', 'plain'],
    ['Pod', { Status: 'Running', Ready: '1/2', Restarts: '3 (5m ago)' }, '1/2 · 3 restarts', 'warning'],
    ['Pod', { Status: 'CrashLoopBackOff', Ready: '0/1', Restarts: '1' }, 'CrashLoopBackOff · 0/1 · 1 restart', 'bad'],
    ['Pod', { Status: 'Init:0/2', Ready: '0/1', Restarts: '0' }, 'Init:0/2 · 0/1', 'busy'],
    ['Pod', { Status: 'Init:Error', Ready: '0/1', Restarts: '0' }, 'Init:Error · 0/1', 'bad'],
    ['Pod', { Status: 'Completed', Ready: '0/1', Restarts: '0' }, 'Completed', 'done'],
    ['Deployment', { Ready: '3/3' }, '3/3', 'plain'],
    ['Deployment', { Ready: '1/3' }, '1/3', 'warning'],
    ['StatefulSet', { Ready: '0/0' }, '0/0', 'done'],
    ['DaemonSet', { Desired: '4', Ready: '3' }, '3/4', 'warning'],
    ['ReplicaSet', { Desired: '0', Ready: '0' }, '0/0', 'done'],
    ['Job', { Status: 'Complete', Completions: '1/1' }, '1/1 · Complete', 'done'],
    ['Job', { Status: 'Failed', Completions: '0/1' }, '0/1 · Failed', 'bad'],
    ['Job', { Completions: '0/1' }, '0/1', 'busy'],
    [
      'CronJob',
      { Schedule: '0 * * * *', Suspend: 'False', 'Last Schedule': '12m' },
      '0 * * * * · last 12m ago',
      'plain',
    ],
    ['CronJob', { Schedule: '0 * * * *', Suspend: 'True' }, '0 * * * * · suspended', 'done'],
    [
      'Node',
      { Status: 'Ready', Roles: 'control-plane', Version: 'v1.35.4' },
      'Ready · control-plane · v1.35.4',
      'plain',
    ],
    ['Node', { Status: 'NotReady', Roles: '<none>', Version: 'v1.35.4' }, 'NotReady · v1.35.4', 'bad'],
    ['Node', { Status: 'Ready,SchedulingDisabled' }, 'Ready, SchedulingDisabled', 'warning'],
    ['Namespace', { Status: 'Active' }, '', 'plain'],
    ['Namespace', { Status: 'Terminating' }, 'Terminating', 'busy'],
    ['Service', { Type: 'ClusterIP', 'Port(s)': '80/TCP' }, 'ClusterIP · 80/TCP', 'plain'],
    ['Ingress', { Class: '<none>', Hosts: 'a.example' }, 'a.example', 'plain'],
    ['ConfigMap', { Data: '1' }, '1 key', 'plain'],
    ['Secret', { Type: 'Opaque', Data: '2' }, 'Opaque · 2 keys', 'plain'],
    ['Event', { Type: 'Warning', 'Last Seen': '5m', Message: 'Back-off' }, '5m · Back-off', 'warning'],
  ])('of a %s with %j is %j', (kind, cells, text, tone) => {
    expect(of(kind, cells)).toEqual({ text, tone })
  })
})
