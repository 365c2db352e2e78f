import { streamPortalEvents } from '#server/http/portal-events.ts'

export { streamPortalEvents as GET }
