import { handlePortalTrpc } from '#server/trpc/handle-portal-trpc.ts'

export { handlePortalTrpc as GET, handlePortalTrpc as POST }
