import { execFileSync } from "node:child_process";
import { StartFailure } from "../start/failure.mjs";

/**
 * The files that differ from what others have: from where this branch left origin/main, or, where it has left it nowhere, what is not committed, or
 * else the last commit; always with what is not committed. Returns `{ since, paths }`. @throws StartFailure test.changed_unknown
 */
export function listChangedFiles(repoDir) {
  const git = (...args) =>
    execFileSync("git", args, {
      cwd: repoDir,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    });
  const tryGit = (...args) => {
    try {
      return git(...args).trim();
    } catch {
      return undefined;
    }
  };
  const differing = (since) => [
    ...git("diff", "--name-only", "--no-renames", "-z", since, "--").split("\0"),
    ...git("ls-files", "-z", "--others", "--exclude-standard").split("\0"),
  ];
  const clean = (paths) => [...new Set(paths)].filter((path) => path !== "").sort();

  const head = tryGit("rev-parse", "HEAD");
  if (head === undefined) {
    throw new StartFailure({
      code: "test.changed_unknown",
      what: "--changed compares with commits, and git knows none here.",
      fix: "Run it in a clone, or name the checks with --only.",
    });
  }
  const base = tryGit("merge-base", "HEAD", "origin/main");
  if (base !== undefined && base !== head) return { since: "origin/main", paths: clean(differing(base)) };
  const uncommitted = clean(differing("HEAD"));
  if (uncommitted.length > 0) return { since: "the last commit", paths: uncommitted };
  const before = tryGit("rev-parse", "HEAD~1");
  return { since: "the commit before", paths: before === undefined ? [] : clean(differing(before)) };
}
