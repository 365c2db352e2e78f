/** The states that have colours of their own: text, a soft ground for it, and a solid for shapes. */
export const statuses = ['healthy', 'degraded', 'unhealthy', 'offline', 'operated', 'enabled'] as const
export type StatusTone = (typeof statuses)[number]
