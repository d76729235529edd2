/** Which checks run, each with the folders of tests that it is limited to, and what to say of the choice. */
export function readWanted(
  argv: readonly string[],
  repoDir: string,
): {
  readonly isWanted: (name: string) => boolean;
  readonly pathsOf: (name: string) => readonly string[];
  readonly note: string | undefined;
};
