/**
 * What cannot be seen, or acts instead of being read: controls, formatting marks (zero width, bidi, tags), halves of pairs, private and unassigned
 * code points, what Unicode has ignored by default (Hangul fillers, joiners, selectors), separators of lines, and blanks that pass for letters or
 * symbols (braille blank, null notehead).
 */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800\u{1d159}]/gu;
/** An emoji's own parts: a selector or joiner in between changes the picture, so it is seen. */
const EMOJI =
  /\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?(?:\u200d\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)*/gu;
const KEYCAP = /[0-9#*]\ufe0f\u20e3/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

const withoutPictures = (text: string): string => text.replace(EMOJI, "*").replace(KEYCAP, "*");

/** Whether something in the text cannot be seen; text of which nothing is seen is another question. */
export const hasUnseen = (text: string): boolean => {
  UNSEEN.lastIndex = 0;
  return UNSEEN.test(withoutPictures(text));
};

/** Whether anything of the text is seen at all. */
export const isSeen = (text: string): boolean => SEEN.test(withoutPictures(text).replace(UNSEEN, ""));

/** A text that somebody else let in, with what cannot be seen of it written out, so that two different ones never look alike by it. */
export const writtenOut = (text: string): string =>
  hasUnseen(text) ? text.replace(UNSEEN, (unseen) => `\\u{${(unseen.codePointAt(0) ?? 0).toString(16)}}`) : text;
