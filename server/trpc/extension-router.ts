import { accountRouter } from './extension/account-router.ts'
import { clustersRouter } from './extension/clusters-router.ts'
import { installationsRouter } from './extension/installations-router.ts'
import { reportsRouter } from './extension/reports-router.ts'
import { webviewsRouter } from './extension/webviews-router.ts'
import { extensionRouterOf } from './extension-init.ts'

/**
 * What editors and the pages inside them call. Those in the field lag behind by months: inputs and outputs come from the
 * contract, and change by addition alone.
 */
export const extensionRouter = extensionRouterOf({
  account: accountRouter,
  clusters: clustersRouter,
  installations: installationsRouter,
  webviews: webviewsRouter,
  reports: reportsRouter,
})
export type ExtensionRouter = typeof extensionRouter
