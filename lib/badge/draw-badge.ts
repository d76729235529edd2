/** States as shapes: the same ones as on the pages, so that a badge can be read without its colour. */
export type BadgeState = "ok" | "attention" | "danger" | "moving" | "off" | "unknown";

export type Badge = {
  /** Whose badge it is; what cannot be seen of it is written out by the caller. */
  readonly name: string;
  readonly state: BadgeState;
  readonly word: string;
  /** Read aloud, and shown on hover where the picture is not embedded as one: word, time and place. */
  readonly title: string;
};

const HEIGHT = 20;
const NAME_MAX = 28;
/** Width of a letter at 11 px; `textLength` sets the words to what was reckoned, whatever font is there. */
const LETTER_WIDTH = 6.4;
const INK = "#1b2130";
/** Mark and field of each state; words are always in ink, 4.5:1 on every field. */
const COLOURS: Record<BadgeState, { readonly mark: string; readonly field: string }> = {
  ok: { mark: "#2e9d6a", field: "#dff3e8" },
  attention: { mark: "#c07a12", field: "#fbeecf" },
  danger: { mark: "#d22f2f", field: "#fbe2e0" },
  moving: { mark: "#3a5bd0", field: "#e5eafb" },
  off: { mark: "#767d8c", field: "#eceef2" },
  unknown: { mark: "#767d8c", field: "#eceef2" },
};

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const lettersOf = (text: string): readonly string[] => [...text];
const cut = (text: string): string =>
  lettersOf(text).length <= NAME_MAX
    ? text
    : `${lettersOf(text)
        .slice(0, NAME_MAX - 1)
        .join("")}…`;
/** Letters that take two places: East Asian scripts and pictures. */
const isWide = (letter: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u.test(letter);
const widthOf = (text: string): number =>
  Math.ceil(lettersOf(text).reduce((sum, letter) => sum + (isWide(letter) ? 2 : 1), 0) * LETTER_WIDTH);

function markOf(state: BadgeState, x: number): string {
  const { mark } = COLOURS[state];
  const y = HEIGHT / 2;
  switch (state) {
    case "ok":
      return `<circle cx="${x}" cy="${y}" r="4" fill="${mark}"/>`;
    case "attention":
      return `<path d="M${x} ${y - 4.5}l4.5 8.5h-9z" fill="${mark}"/>`;
    case "danger":
      return `<path d="M${x - 2} ${y - 4.5}h4l2.5 2.5v4l-2.5 2.5h-4l-2.5-2.5v-4z" fill="${mark}"/>`;
    case "unknown":
      return `<rect x="${x - 4}" y="${y - 4}" width="8" height="8" fill="none" stroke="${mark}"/><path d="M${x - 4} ${y}l4-4M${x - 4} ${y + 4}l8-8M${x} ${y + 4}l4-4" stroke="${mark}"/>`;
    default:
      return `<circle cx="${x}" cy="${y}" r="3.5" fill="none" stroke="${mark}" stroke-width="1.5"/>`;
  }
}

/** A badge as SVG: no script, no link, no font from anywhere; everything of others is escaped. */
export function drawBadge({ name, state, word, title }: Badge): string {
  const label = cut(name);
  const [labelWidth, wordWidth] = [widthOf(label), widthOf(word)];
  const split = labelWidth + 14;
  const width = split + wordWidth + 28;
  const text = (x: number, length: number, fill: string, words: string): string =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${fill}">${escaped(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${HEIGHT}" rx="4" fill="${COLOURS[state].field}"/>`,
    // Round at its left end alone: no id is needed, of which two badges in one page would have the same.
    `<rect width="${split}" height="${HEIGHT}" rx="4" fill="${INK}"/><rect x="${split - 4}" width="4" height="${HEIGHT}" fill="${INK}"/>`,
    `<g font-family="Geist,Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    text(7, labelWidth, "#ffffff", label),
    markOf(state, split + 11),
    text(split + 20, wordWidth, INK, word),
    "</g></svg>",
  ].join("");
}
