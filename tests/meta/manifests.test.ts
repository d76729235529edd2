import { describe, expect, it } from "vitest";
import { domains } from "@/server/domains/domains";
import { listRepositoryFiles } from "./repository-files";

/** The part of a manifest that the rules read. */
type Manifest = {
  readonly name: string;
  readonly tier: number;
  readonly ids: Readonly<Record<string, string>>;
  readonly navigation: readonly { readonly href: string }[];
};

/** Prefixes of ids that the kernel gives out itself. */
const KERNEL_PREFIXES = ["aud", "req", "job"];

const repeated = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index);

function findings(manifests: readonly Manifest[]): string[] {
  const ids = manifests.flatMap((manifest) => Object.entries(manifest.ids));
  const tiers = manifests.map(({ tier }) => tier);
  return [
    ...repeated(manifests.map(({ name }) => name)).map((name) => `two domains are named ${name}`),
    ...manifests.filter(({ name }) => !/^[a-z]{3,30}$/.test(name)).map(({ name }) => `${name} is no name`),
    ...repeated([...KERNEL_PREFIXES, ...ids.map(([, prefix]) => prefix)]).map((it) => `two kinds of id begin ${it}_`),
    ...repeated(ids.map(([kind]) => kind)).map((kind) => `two kinds of id are called ${kind}`),
    ...ids.filter(([, prefix]) => !/^[a-z]{2,5}$/.test(prefix)).map(([, prefix]) => `${prefix} is no prefix`),
    ...repeated(manifests.flatMap(({ navigation }) => navigation.map(({ href }) => href))).map(
      (href) => `two pages stand at ${href}`,
    ),
    ...(tiers.some((tier, index) => tier < (tiers[index - 1] ?? 0)) ? ["the list is not in the order of tiers"] : []),
  ];
}

describe("the list of domains", () => {
  it("has every folder, and each manifest the name of its folder", () => {
    const folders = listRepositoryFiles().flatMap(
      (path) => /^server\/domains\/([^/]+)\/domain\.ts$/.exec(path)?.[1] ?? [],
    );
    expect(domains.map(({ domain }) => domain.name).sort()).toEqual(folders.sort());
  });

  it("contradicts itself nowhere", () => {
    expect(findings(domains.map(({ domain }) => domain))).toEqual([]);
  });
});

describe("the rule", () => {
  const one: Manifest = { name: "fog", tier: 1, ids: { job: "fgj" }, navigation: [{ href: "/fog" }] };
  const other: Manifest = { name: "spot", tier: 2, ids: { cluster: "clu" }, navigation: [{ href: "/spot" }] };

  it("lets two whole ones stand", () => {
    expect(findings([one, other])).toEqual([]);
  });

  it.each<[string, Manifest[]]>([
    ["a name twice", [one, { ...other, name: "fog" }]],
    ["a name that is no word", [{ ...one, name: "fog-compute" }]],
    ["a prefix twice", [one, { ...other, ids: { cluster: "fgj" } }]],
    ["a prefix of the kernel", [{ ...one, ids: { job: "aud" } }]],
    ["a kind twice", [one, { ...other, ids: { job: "clu" } }]],
    ["a prefix that is too long", [{ ...one, ids: { job: "fogjob" } }]],
    ["an address twice", [one, { ...other, navigation: [{ href: "/fog" }] }]],
    ["the wrong order", [other, one]],
  ])("finds %s", (_, manifests) => {
    expect(findings(manifests)).toHaveLength(1);
  });
});
