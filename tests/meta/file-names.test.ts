import { describe, expect, it } from "vitest";
import { listRepositoryFiles } from "./repository-files";

/** Names that say nothing of what is inside, and versions in names. */
const VAGUE =
  /(^|\/)(utils?|helpers?|common|misc|shared|types|lib2|stuff)(\/|\.[a-z]+$)|[-_/.]v\d+[-_/.]|(^|\/)(old|temp)-/;
/** The address of the public API, and the two builds of the local chain between which an upgrade runs. */
const VERSIONS_BY_CONTRACT = /^app\/api\/v1\/|^devnet\/app\/upgrades_v[12](_test)?\.go$/;

const vague = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => VAGUE.test(path) && !VERSIONS_BY_CONTRACT.test(path));

describe("file names", () => {
  it("say what is inside", () => {
    expect(vague(listRepositoryFiles())).toEqual([]);
  });

  it.each([
    "lib/utils.ts",
    "server/helpers/a.ts",
    "lib/types.ts",
    "lib/common/a.ts",
    "server/http/route-v2.ts",
    "lib/old-dec.ts",
  ])("like %s are refused", (path) => {
    expect(vague([path])).toEqual([path]);
  });
});
