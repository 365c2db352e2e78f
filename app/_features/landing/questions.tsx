import { Plus } from 'lucide-react'
import { TRIAL_DAYS } from '#contract/plans.ts'
import { Section } from './section.tsx'

const questions = [
  {
    question: 'Does my kubeconfig leave my machine?',
    answer:
      'No. The extension reads your cluster directly, with your own rights. The portal and the server never see a kubeconfig.',
  },
  {
    question: 'What may the operator do in my cluster?',
    answer:
      'Read nodes, namespaces, workloads and events, and write its own ConfigMaps and Secrets in its own namespace. It has no cluster-wide right on Secrets, runs under the restricted Pod Security standard, and opens no port to the outside.',
  },
  {
    question: 'What happens when your server is away?',
    answer:
      'The operator keeps trying and stays Pro for 72 hours, by a signed token that it checks itself. After that it goes back to the free features until the server answers.',
  },
  {
    question: 'What happens when I revoke a key?',
    answer:
      'The server refuses it within seconds. Each cluster that used it turns degraded with its next heartbeat, within a minute, and goes on in the free mode. A new key in the Secret brings it back, without a restart.',
  },
  {
    question: `What happens after the ${TRIAL_DAYS} days?`,
    answer:
      'The operator says that the trial is over, with the date, and goes on in the free mode. Your clusters and their history stay in the portal.',
  },
  {
    question: 'How do I get rid of it?',
    answer: 'helm uninstall. Nothing stays in the cluster, and the portal notes that the cluster said goodbye.',
  },
] as const

export function Questions() {
  return (
    <Section
      id="questions"
      title="Questions"
      lead="The ones that you should ask of anything that runs in your cluster."
    >
      <div className="max-w-3xl border-b">
        {questions.map(({ question, answer }) => (
          <details key={question} className="group border-t">
            <summary className="flex items-center justify-between gap-4 rounded-control py-4 text-base font-medium">
              {question}
              <Plus
                aria-hidden
                size={18}
                className="shrink-0 text-muted transition-transform duration-150 group-open:rotate-45"
              />
            </summary>
            <p className="max-w-[68ch] pb-5 text-base text-muted">{answer}</p>
          </details>
        ))}
      </div>
    </Section>
  )
}
