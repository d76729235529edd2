import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/layout/providers";
import { parseThemeChoice, THEME_COOKIE } from "@/lib/theme";
import { getRuntime } from "@/server/runtime/runtime";
import { fontVariables } from "./fonts/fonts";
import "./globals.css";

const DESCRIPTION = "Run validators on Omniphi: a real node, your own key, every block accounted for.";

/** Links of previews must be whole, so they begin with this installation's own address. */
export async function generateMetadata(): Promise<Metadata> {
  const { settings } = await getRuntime();
  return {
    metadataBase: new URL(settings.publicUrl),
    title: { default: "Omniphi Cloud", template: "%s · Omniphi Cloud" },
    description: DESCRIPTION,
    manifest: "/manifest.webmanifest",
    icons: { icon: [{ url: "/icon.svg", type: "image/svg+xml" }], apple: "/icons/apple-touch-icon.png" },
    openGraph: {
      type: "website",
      siteName: "Omniphi Cloud",
      title: "Omniphi Cloud",
      description: DESCRIPTION,
      images: [{ url: "/social.png", width: 1200, height: 630, alt: "Omniphi Cloud: a validator of your own" }],
    },
    twitter: { card: "summary_large_image" },
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseThemeChoice((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" className={fontVariables} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <Providers renderedAtMs={Date.now()}>{children}</Providers>
      </body>
    </html>
  );
}
