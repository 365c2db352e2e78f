/** Where a tunnel leads to; an IPv6 address has no brackets. */
export interface TunnelTarget {
  host: string
  port: number
}
