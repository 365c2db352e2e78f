import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  devIndicators: false,
  // Read at run time from node_modules: they open sockets or load native code.
  serverExternalPackages: ['pg', 'pino', '@prisma/client', '@prisma/adapter-pg', 'nodemailer', 'prom-client', 'shiki'],
  turbopack: { root: import.meta.dirname },
}

export default config
