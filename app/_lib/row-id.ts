import { notFound } from 'next/navigation'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A row's id from an address; what cannot be one is an address where nothing is. */
export function rowIdOf(text: string | undefined): string {
  return text !== undefined && UUID.test(text) ? text : notFound()
}
