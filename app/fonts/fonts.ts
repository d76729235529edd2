import localFont from "next/font/local";

/*
 * Geist in two parts: the Latin letters, digits and signs that every page has come with the page; all else (Latin with rare accents, Cyrillic,
 * Vietnamese) is asked for by the first page that shows any of it. Made from the package `geist` 1.7.2 with fontTools' pyftsubset, features `tnum`,
 * `case` and `zero` kept; the ranges of both parts do not overlap.
 */

const sans = localFont({ src: "./geist-sans-latin.woff2", variable: "--font-geist-sans", weight: "100 900" });
const mono = localFont({ src: "./geist-mono-latin.woff2", variable: "--font-geist-mono", weight: "100 900" });
const sansRest = localFont({
  src: "./geist-sans-rest.woff2",
  variable: "--font-geist-sans-rest",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-0130,U+0132-0151,U+0154-02BA,U+02C7-02C8,U+02D8-02D9,U+02DB,U+02DD,U+0300-0303,U+0306-0307,U+0309-0328,U+0335-04FF,U+0E3F,U+1E00-1EFF,U+2070-20AB,U+20AD-2121,U+2123-218F,U+2194-2211",
    },
  ],
});
const monoRest = localFont({
  src: "./geist-mono-rest.woff2",
  variable: "--font-geist-mono-rest",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-0130,U+0132-0151,U+0154-02BA,U+02C7-02C8,U+02D8-02D9,U+02DB,U+02DD,U+0300-0303,U+0306-0307,U+0309-0328,U+0335-04FF,U+0E3F,U+1E00-1EFF,U+2070-20AB,U+20AD-2121,U+2123-218F,U+2194-2211",
    },
  ],
});

/** Class names that give a page the variables of its fonts. */
export const fontVariables = [sans, mono, sansRest, monoRest].map(({ variable }) => variable).join(" ");
