export type { ExtensionRouter } from '#server/trpc/extension-router.ts'
export type { OperatorRouter } from '#server/trpc/operator-router.ts'
export type { PortalRouter } from '#server/trpc/portal-router.ts'
