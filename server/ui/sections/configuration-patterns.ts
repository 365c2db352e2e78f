import type { ConfigurationPatterns } from '#contract/collection-payloads.ts'

export type Pattern = { title: string; why: string; count: number; total: number }
export type PatternGroup = { title: string; of: string; patterns: Pattern[] }

/** What was found in the cluster's configuration, with why it matters. */
export function patternGroups({ containers, pods }: ConfigurationPatterns): PatternGroup[] {
  const container = (title: string, why: string, count: number) => ({ title, why, count, total: containers.total })
  const pod = (title: string, why: string, count: number) => ({ title, why, count, total: pods.total })
  return [
    {
      title: 'Requests and limits',
      of: 'containers',
      patterns: [
        container(
          'Without a CPU request',
          'The scheduler counts them as nothing, so nodes fill up beyond what they can do.',
          containers.withoutCpuRequest,
        ),
        container(
          'Without a memory request',
          'They are the first to be put out when a node runs short of memory.',
          containers.withoutMemoryRequest,
        ),
        container(
          'Without a memory limit',
          'One that leaks can take the memory of everything else on its node.',
          containers.withoutMemoryLimit,
        ),
        container(
          'Without a CPU limit',
          'Often fine: they may use what is free. Set one where neighbours have to be protected.',
          containers.withoutCpuLimit,
        ),
      ],
    },
    {
      title: 'Probes and images',
      of: 'containers',
      patterns: [
        container(
          'Without a readiness probe',
          'They get traffic before they can answer it, at every rollout.',
          containers.withoutReadinessProbe,
        ),
        container(
          'Without a liveness probe',
          'One that hangs is not started again. Where a hang ends the process by itself, none is needed.',
          containers.withoutLivenessProbe,
        ),
        container(
          'Image by a moving tag',
          'latest, or no tag: two pods of one workload may run different code.',
          containers.movingTag,
        ),
      ],
    },
    {
      title: 'Security of containers',
      of: 'containers',
      patterns: [
        container('Privileged', 'They can do on their node whatever root can.', containers.privileged),
        container(
          'May run as root',
          'A way out of the container starts as root on the node. Set runAsNonRoot.',
          containers.mayRunAsRoot,
        ),
        container(
          'Writable root filesystem',
          'Whoever gets in can change the program. Set readOnlyRootFilesystem and mount what has to be written.',
          containers.writableRootFilesystem,
        ),
      ],
    },
    {
      title: 'Security of pods',
      of: 'pods',
      patterns: [
        pod('On the host’s network', 'They see its traffic and pass by network policies.', pods.hostNetwork),
        pod('Mounts a path of the host', 'They can read, and often change, files of their node.', pods.hostPath),
        pod(
          'Default service account',
          'Rights that are given to it are given to every such pod of the namespace.',
          pods.defaultServiceAccount,
        ),
      ],
    },
  ]
}
