/** Scripts whose letters are taken for one another's at a glance (Unicode TR39, confusables). */
const LOOKALIKES = ["Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu", "Georgian"] as const;
const LETTERS = LOOKALIKES.map((script) => ({ script, letter: new RegExp(`\\p{Script=${script}}`, "u") }));
/** Letters that pass for plain Latin ones: full width, and the mathematical alphabets. */
const STYLED = /[\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}]/u;

/** Why a name can be taken for another one, in a few words; null when nothing of it looks like what it is not. */
export function confusionOf(name: string): string | null {
  const scripts = LETTERS.filter(({ letter }) => letter.test(name)).map(({ script }) => script);
  if (scripts.length > 1) return `Mixes ${scripts.slice(0, -1).join(", ")} and ${scripts.at(-1)} letters`;
  return STYLED.test(name) ? "Has letters that only look like Latin ones" : null;
}
