import { accountRouter } from './portal/account-router.ts'
import { apiKeysRouter } from './portal/api-keys-router.ts'
import { billingRouter } from './portal/billing-router.ts'
import { chartsRouter } from './portal/charts-router.ts'
import { clustersRouter } from './portal/clusters-router.ts'
import { editorsRouter } from './portal/editors-router.ts'
import { mailboxRouter } from './portal/mailbox-router.ts'
import { onboardingRouter } from './portal/onboarding-router.ts'
import { teamRouter } from './portal/team-router.ts'
import { portalRouterOf } from './portal-init.ts'

/** Everything that the portal's pages can ask for. */
export const portalRouter = portalRouterOf({
  account: accountRouter,
  team: teamRouter,
  apiKeys: apiKeysRouter,
  clusters: clustersRouter,
  onboarding: onboardingRouter,
  billing: billingRouter,
  charts: chartsRouter,
  editors: editorsRouter,
  mailbox: mailboxRouter,
})

export type PortalRouter = typeof portalRouter
