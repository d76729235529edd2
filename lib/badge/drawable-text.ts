import { writtenOut } from "../names/unseen";

/** What the one font of the pictures has: Latin letters, figures and common signs. For anything else a picture would need fonts from elsewhere. */
const OTHER = /[^\u0020-\u007e\u00a0-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2026]/gu;

/** The name as a picture can write it; one of which little would be left is told by what stands in for it. */
export function drawableText(name: string, instead: string): string {
  const shown = writtenOut(name).normalize("NFC");
  const kept = shown.replace(OTHER, "");
  const text = kept.trim();
  return text === "" || [...text].length * 2 < [...shown].length ? instead : text;
}
