import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { DRAWINGS } from "./drawings.mjs";

// `node tools/icons/main.mjs`: draws the pictures under `public/` anew; for when the mark changes.
const publicDir = join(dirname(fileURLToPath(import.meta.url)), "../../public");
const geist = join(
  dirname(createRequire(import.meta.url).resolve("geist/font/sans")),
  "fonts/geist-sans/Geist-Variable.woff2",
);
const font = `<style>@font-face{font-family:Geist;font-weight:100 900;src:url(data:font/woff2;base64,${readFileSync(geist).toString("base64")})}</style>`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  for (const { path, width, height, html } of DRAWINGS) {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.setContent(font + html);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(publicDir, path), omitBackground: true });
    await page.close();
    process.stdout.write(`drew public/${path}\n`);
  }
} finally {
  await browser.close();
}
