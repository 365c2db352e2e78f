export type { PortalRouter } from '#server/trpc/portal-router.ts'
