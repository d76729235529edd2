import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { fontVariables } from "@/app/fonts/fonts";
import { Providers } from "@/components/layout/providers";
import { parseThemeChoice, THEME_COOKIE } from "@/lib/theme";
import "./gallery.css";
import { ListeningMark } from "./listening-mark";

export const metadata = { title: "Gallery" };

export default async function GalleryLayout({ children }: { children: ReactNode }) {
  const theme = parseThemeChoice((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" className={fontVariables} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <Providers renderedAtMs={Date.now()}>{children}</Providers>
        <ListeningMark />
      </body>
    </html>
  );
}
