const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' })

/** "December 7, 2026", in UTC, from ISO 8601. */
export function longDate(iso: string): string {
  return day.format(new Date(iso))
}

/** Whole days from one ISO 8601 time to another, the last one counted in full; never below 0. */
export function daysUntil(iso: string, fromIso: string): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - Date.parse(fromIso)) / 86_400_000))
}
