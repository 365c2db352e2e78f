const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Whether a key may be sent there: by https, to this machine itself, or where plain http was allowed on purpose. */
export function isAddressAllowed({ url, allowInsecureHttp }: { url: string; allowInsecureHttp: boolean }): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || allowInsecureHttp || LOOPBACK.test(hostname)
}
