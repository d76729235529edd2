import { describe, expect, it } from "vitest";
import { parseCron } from "@/inngest/engine/scheduling/cron";
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

/** What of a surface the rules read. */
type Parts = {
  readonly domain: { readonly name: string; readonly attention?: string; readonly finds?: readonly string[] };
  readonly published: { readonly rows: readonly { readonly doors: readonly { readonly trpc: string | null }[] }[] };
  readonly work: readonly { readonly id: string }[];
  readonly crons: readonly {
    readonly id: string;
    readonly every: string;
    readonly steps: readonly { readonly id: string; readonly title: string }[];
  }[];
  readonly seeds: readonly { readonly verb: string }[];
  readonly health: readonly { readonly names: readonly string[] }[];
};

const isHour = (every: string): boolean => {
  try {
    return parseCron(every).source === every;
  } catch {
    return false;
  }
};

const hasRow = ({ published }: Parts, name: string): boolean =>
  published.rows.some(({ doors }) => doors.some(({ trpc }) => trpc === name));

/** The operators' door stands behind the organisation's where a domain has both. */
const isFoundAsSaid = (surface: Parts): boolean => {
  const { finds = [] } = surface.domain;
  const hasBoth = finds.includes("organization") && finds.includes("platform");
  return hasRow(surface, "find") === finds.length > 0 && hasRow(surface, "admin.find") === hasBoth;
};

/** Each part is its domain's own by name, and says what an operator must know of it. */
function partFindings(surfaces: readonly Parts[]): string[] {
  const ownIds = ({ work, crons, seeds }: Parts) => [
    ...[...work, ...crons].map(({ id }) => id),
    ...seeds.map(({ verb }) => verb),
  ];
  const crons = surfaces.flatMap((surface) => surface.crons);
  return [
    ...surfaces.flatMap((surface) =>
      ownIds(surface)
        .filter((id) => !id.startsWith(`${surface.domain.name}.`))
        .map((id) => `${id} is not named after ${surface.domain.name}`),
    ),
    ...repeated(surfaces.flatMap(ownIds)).map((id) => `two parts are named ${id}`),
    ...crons.filter(({ every }) => !isHour(every)).map(({ id }) => `${id} has no hour`),
    ...crons.filter(({ steps }) => steps.length === 0).map(({ id }) => `${id} does nothing`),
    ...crons.flatMap(({ id, steps }) =>
      repeated(steps.map((step) => step.id)).map((it) => `${id} has two steps ${it}`),
    ),
    ...crons.flatMap(({ id, steps }) =>
      steps.filter(({ title }) => !/^[A-Z].+ .+[^.]$/.test(title)).map(() => `${id} has a step without words`),
    ),
    ...surfaces
      .filter((surface) => (surface.domain.attention !== undefined) !== hasRow(surface, "listAttention"))
      .map(({ domain }) => `${domain.name} has either a name on the home page or something to say there, not both`),
    ...surfaces
      .filter((surface) => !isFoundAsSaid(surface))
      .map(({ domain }) => `${domain.name} is asked by the palette for others than it answers`),
    ...repeated(surfaces.flatMap(({ health }) => health.flatMap(({ names }) => names))).map(
      (name) => `two rows of health are named ${name}`,
    ),
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
    expect(partFindings(domains)).toEqual([]);
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

  const step = { id: "sweep", title: "Remove what nobody knows" };
  const cron = { id: "fog.sweep", every: "*/15 * * * *", steps: [step] };
  const row = { doors: [{ trpc: "listAttention" }] };
  const fog: Parts = {
    domain: { name: "fog", attention: "Fog" },
    published: { rows: [row, { doors: [{ trpc: null }] }] },
    work: [{ id: "fog.run-job" }],
    crons: [cron],
    seeds: [{ verb: "fog.seed" }],
    health: [{ names: ["hosts"] }, { names: [] }],
  };
  const spot: Parts = {
    domain: { name: "spot" },
    published: { rows: [] },
    work: [],
    crons: [],
    seeds: [],
    health: [{ names: ["clusters"] }],
  };

  it("lets whole parts stand", () => {
    expect(partFindings([fog, spot])).toEqual([]);
  });

  it.each<[string, Parts]>([
    ["work of another name", { ...fog, work: [{ id: "spot.run-job" }] }],
    ["a seed of another name", { ...fog, seeds: [{ verb: "regions.seed" }] }],
    ["work and a cron of one name", { ...fog, work: [{ id: "fog.sweep" }] }],
    ["an hour that there is not", { ...fog, crons: [{ ...cron, every: "61 * * * *" }] }],
    ["an hour with seconds", { ...fog, crons: [{ ...cron, every: "0 */15 * * * *" }] }],
    ["a cron without steps", { ...fog, crons: [{ ...cron, steps: [] }] }],
    ["a step twice", { ...fog, crons: [{ ...cron, steps: [step, step] }] }],
    ["a step without words", { ...fog, crons: [{ ...cron, steps: [{ id: "sweep", title: "sweep" }] }] }],
    ["a name on the home page with nothing to say", { ...fog, published: { rows: [] } }],
    ["something to say without a name on the home page", { ...fog, domain: { name: "fog" } }],
    [
      "something to find that nobody is said to look for",
      { ...spot, published: { rows: [{ doors: [{ trpc: "find" }] }] } },
    ],
    ["a palette that asks and gets no answer", { ...fog, domain: { ...fog.domain, finds: ["organization"] } }],
    [
      "operators without a door of theirs",
      {
        ...fog,
        domain: { ...fog.domain, finds: ["organization", "platform"] },
        published: { rows: [row, { doors: [{ trpc: "find" }] }] },
      },
    ],
    ["a row of health that another domain has", { ...fog, health: [{ names: ["clusters"] }] }],
  ])("finds %s", (_, parts) => {
    expect(partFindings([parts, ...(parts.domain.name === "spot" ? [] : [spot])])).toHaveLength(1);
  });
});
