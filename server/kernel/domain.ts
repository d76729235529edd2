import type { z } from "zod";
import type { ServiceCtx } from "./context";
import type { HealthRow } from "./health";
import { type Id, idPattern, type Prefixes, prefixedId } from "./ids";
import type { NavigationPage } from "./navigation";
import { methodName, type Published } from "./publish";
import { grantLevels, type Levels } from "./scopes";
import { patternText } from "./text";
import type { Tenancy, VerbFacts } from "./verbs";
import type { Cron } from "./work/declare-cron";
import type { Work } from "./work/declare-work";

/** What a domain says of itself before any of its verbs is loaded: plain data that a browser may have. */
type DomainFacts<Kinds extends Prefixes> = {
  /** One word; the folder, the scopes and the verbs are called by it. */
  readonly name: string;
  /** As people read it: the heading of its pages. */
  readonly title: string;
  /** A domain may import the domains of lower tiers, never its own tier's or a higher one's. */
  readonly tier: number;
  /** Prefix of the public ids of each kind of row, e.g. `{ node: "node" }` for `node_0192…`. */
  readonly ids: Kinds;
  /** Its scopes, each with the least role of an organisation that has it. */
  readonly levels: Levels;
  readonly navigation: readonly NavigationPage[];
  /** What the home page calls it; said by a domain that publishes as its row `listAttention` what needs somebody now. */
  readonly attention?: string;
  /** For whom its row `find` looks for what the palette is asked for; the operators' is `admin.find` where there are both. */
  readonly finds?: readonly Tenancy[];
};

/** A domain's manifest with what follows from it. */
export type Domain<Kinds extends Prefixes = Prefixes> = DomainFacts<Kinds> & {
  /** A new id of that kind. */
  newId<Kind extends keyof Kinds & string>(kind: Kind): Id<Kinds[Kind]>;
  /** Input that must be an id of that kind. */
  idText(kind: keyof Kinds & string): z.ZodString;
};

/** Makes a domain of its facts, and its scopes known to the roles. */
export function defineDomain<const Kinds extends Prefixes>(facts: DomainFacts<Kinds>): Domain<Kinds> {
  grantLevels(facts.name, facts.levels);
  const prefixOf = <Kind extends keyof Kinds & string>(kind: Kind) => facts.ids[kind] as Kinds[Kind];
  return {
    ...facts,
    newId: (kind) => prefixedId(prefixOf(kind)),
    idText: (kind) => patternText(idPattern(prefixOf(kind)), `an id such as ${prefixOf(kind)}_…`, 60),
  };
}

/** What a domain gives to transports, jobs and processes; the server's half of the manifest. */
type SurfaceParts = {
  /** All that its index exports; the verbs among it are held to the rules of the house. */
  readonly verbs: Readonly<Record<string, unknown>>;
  /** What transports offer of it. */
  readonly published: Published;
} & Partial<OwnParts>;

/** Lays down rows that every installation has, and leaves what is there; it may run twice at once. */
type Seed = VerbFacts & ((ctx: ServiceCtx, input: Record<string, never>) => Promise<{ readonly made: number }>);

/** What a domain may have none of. */
type OwnParts = {
  /** Its durable work. */
  readonly work: readonly Work<never>[];
  /** What it does by the clock besides. */
  readonly crons: readonly Cron<never>[];
  /** Run by every migration, in the order of the tiers. */
  readonly seeds: readonly Seed[];
  /** What it says of itself in `/api/health`. */
  readonly health: readonly HealthRow<never>[];
};

const NO_PARTS: OwnParts = { work: [], crons: [], seeds: [], health: [] };

/** A domain with its verbs. The parts keep their types, since the browser's client is typed by them. */
export function defineSurface<const D extends Domain, const Parts extends SurfaceParts>(domain: D, parts: Parts) {
  return { domain, ...NO_PARTS, ...parts };
}

/** Any domain's surface. */
export type Surface = { readonly domain: Domain } & SurfaceParts;

/** The verbs that a domain offers to other code and to transports, by the name of their export. @internal */
export function offeredVerbs({ verbs, published }: Surface): ReadonlyMap<string, VerbFacts> {
  const exported = Object.entries(verbs).filter((entry): entry is [string, VerbFacts & (() => unknown)] =>
    isVerb(entry[1]),
  );
  const names = new Map<string, string>(exported.map(([name, { verb }]) => [verb, name]));
  const others = published.rows.flatMap((row) =>
    "verb" in row && !names.has(row.verb.verb) ? [[methodName(row.verb.verb), row.verb] as const] : [],
  );
  return new Map<string, VerbFacts>([...others, ...exported]);
}

const isVerb = (value: unknown): value is VerbFacts & (() => unknown) =>
  typeof value === "function" && "verb" in value && typeof value.verb === "string";
