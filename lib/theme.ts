/** The three choices of the theme switch; "system" follows the reader's device and is stored as no cookie at all. */
export const THEME_CHOICES = ["system", "light", "dark"] as const;

/** One of {@link THEME_CHOICES}. */
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/** Name of the cookie that carries the choice, read by the server layout so that the first paint is already right. */
export const THEME_COOKIE = "theme";

/** Reads a cookie value; anything that is not "light" or "dark" is "system". */
export function parseThemeChoice(value: string | undefined): ThemeChoice {
  return value === "light" || value === "dark" ? value : "system";
}
