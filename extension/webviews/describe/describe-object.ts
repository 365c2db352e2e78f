import type { ObjectReference } from '../frame/object-reference.ts'
import { describeConfigMap, describeSecret } from './kinds/config.ts'
import { describeGeneric } from './kinds/generic.ts'
import { describeIngress } from './kinds/ingress.ts'
import { describeCronJob, describeJob } from './kinds/job.ts'
import type { Described, DescribeKind, KindDescription } from './kinds/kind-description.ts'
import { describeNode } from './kinds/node.ts'
import { describePod } from './kinds/pod.ts'
import { describeService } from './kinds/service.ts'
import { describeWorkload } from './kinds/workload.ts'
import { hasLogs } from '../logs/has-logs.ts'
import type { Description } from './protocol.ts'

/** Kinds of which more is known, by their group and kind. */
const kinds: Record<string, DescribeKind> = {
  '/Pod': describePod,
  '/Service': describeService,
  '/Node': describeNode,
  '/ConfigMap': describeConfigMap,
  '/Secret': describeSecret,
  'apps/Deployment': describeWorkload,
  'apps/StatefulSet': describeWorkload,
  'apps/DaemonSet': describeWorkload,
  'apps/ReplicaSet': describeWorkload,
  'batch/Job': describeJob,
  'batch/CronJob': describeCronJob,
  'networking.k8s.io/Ingress': describeIngress,
}

/** kubectl's copy of the whole object, which the YAML view shows. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** What the page shows of an object. */
export function describeObject(reference: ObjectReference, described: Described): Description {
  const { metadata } = described.object
  const { status, sections } = describeKind(reference, described)
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => key !== LAST_APPLIED)
  return {
    reference,
    status: metadata.deletionTimestamp ? { text: 'Terminating', tone: 'busy' } : status,
    createdAt: metadata.creationTimestamp ?? null,
    owners: described.related.owners,
    sections,
    labels: Object.entries(metadata.labels ?? {}).map(([key, value]) => ({ key, value })),
    annotations: annotations.map(([key, value]) => ({ key, value })),
    hasLogs: hasLogs(reference),
  }
}

/** An object that is not of the shape of its kind is described as one of an unknown kind. */
function describeKind({ apiVersion, kind }: ObjectReference, described: Described): KindDescription {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : ''
  try {
    return (kinds[`${group}/${kind}`] ?? describeGeneric)(described)
  } catch {
    return describeGeneric(described)
  }
}
