/** Where each fault is explained, with what mends it. */
export const DOCUMENTATION_URL = 'https://app.kube9.io/docs/troubleshooting'

/** Where keys and plans are mended, unless the server names a page. */
export const PORTAL_URL = 'https://app.kube9.io'
