import { Card, CardHeader } from '#app/_ui/card.tsx'
import { CommandBlock } from '#app/_ui/command-block.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import { defaultTarget } from './install-commands.ts'

const { release, namespace } = defaultTarget

const checks = [
  {
    question: 'Is the operator running?',
    hint: 'One pod should be Running and ready. Pending: the cluster has no room. ImagePullBackOff: it cannot reach the image.',
    command: `kubectl get pods --namespace ${namespace} --selector app.kubernetes.io/name=kube9-operator`,
  },
  {
    question: 'What does it say of itself?',
    hint: 'It names the mode, and why it is not connected. Mode operated: it has found no key.',
    command: `kubectl exec --namespace ${namespace} deployment/${release} -- kube9-operator status`,
  },
  {
    question: 'Is the key where it is looked for?',
    hint: 'It should list apiKey with a size above 40 bytes. The key itself is not shown.',
    command: `kubectl describe secret kube9-operator-config --namespace ${namespace}`,
  },
  {
    question: 'Can it reach the server?',
    hint: 'Look for “server cannot be reached”: a proxy or a firewall may stand between.',
    command: `kubectl logs --namespace ${namespace} deployment/${release} --tail 20`,
  },
] as const

/** For a cluster that lets itself be waited for. */
export function Troubleshooter() {
  return (
    <Card aria-labelledby="trouble-title" className="mt-4">
      <CardHeader
        id="trouble-title"
        title="Nothing has arrived yet"
        hint="These four commands find the reason most of the time."
      />
      <ol className="grid gap-5 p-5">
        {checks.map(({ question, hint, command }) => (
          <li key={question} className="grid gap-2">
            <p className="font-medium">{question}</p>
            <CommandBlock command={command} label="Command" />
            <p className="text-muted">{hint}</p>
          </li>
        ))}
        <li>
          <TextLink href="/docs/troubleshooting">More reasons, and what mends them</TextLink>
        </li>
      </ol>
    </Card>
  )
}
