/** Every mail that we send, with what its text needs. Links are whole addresses, made from configuration. */
export type Mail =
  | { kind: 'verify-address'; link: string; hours: number }
  | { kind: 'address-already-known'; signInLink: string; resetLink: string }
  | { kind: 'reset-password'; link: string; hours: number }
  | { kind: 'magic-link'; link: string; minutes: number }
  | { kind: 'cluster-forked'; clusterName: string; clusterLink: string; teamName: string }
export type MailKind = Mail['kind']
