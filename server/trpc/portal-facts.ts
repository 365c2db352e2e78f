import { portalServices } from '#server/platform/portal-services.ts'

/** What pages need to know of this installation. Addresses are without a slash at the end. */
export type PortalFacts = {
  /** Whether GitHub is configured as a way in. */
  github: boolean
  /** Whether mail lands in the development mailbox, which is a page here. */
  mailbox: boolean
  /** Whether everything on screen is to say that it is a demo. */
  demo: boolean
  apiUrl: string
  chartsUrl: string
}

export function portalFacts(): PortalFacts {
  const { env } = portalServices()
  return {
    github: env.github !== null,
    mailbox: env.mailbox !== null,
    demo: process.env.KUBE9_DEMO === '1',
    apiUrl: env.addresses.api,
    chartsUrl: env.addresses.charts,
  }
}
