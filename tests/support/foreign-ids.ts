import { existsSync } from "node:fs";
import type { z } from "zod";
import { domains } from "@/server/domains/domains";
import { createApiToken, inviteMember, listMyInvitations, listWallets } from "@/server/domains/identity";
import { createPerson, type SignedInPerson } from "./factories/identity";
import { createTestNodeRow, createTestSetup } from "./factories/validators";
import type { Operation } from "./published-operations";
import type { TestRuntime } from "./test-runtime";
import { createTestWallet } from "./test-wallet";

const PREFIXES = new Map<string, string>(
  domains.flatMap(({ domain }) => Object.entries(domain.ids) as [kind: string, prefix: string][]),
);

/** An id of that kind that no row has. */
export const idOfNobody = (kind: string): string => `${PREFIXES.get(kind)}_01890000-0000-7000-8000-000000000000`;

/** Fields whose name ends in Id though they take more than our ids, and why none of them can be a stranger's. */
const OF_NOBODY: Readonly<Record<string, string>> = {
  networkId: "networks are everybody's",
  chainId: "the name of a public chain",
  machineId: "a name that a machine chose for itself, by which nothing is found",
  providerInstanceId: "what a provider calls its own machine, by which nothing is found",
  proposalId: "the number of a public proposal",
  proposalIds: "numbers of public proposals",
  runId: "the job engine's own, for operators alone",
  functionId: "the job engine's own, for operators alone",
  setupRequestIds: "a list that operators alone give",
  targetId: "a filter of the caller's own log",
};

/** The kinds of id among an operation's fields, found by what each field takes. @throws when a field may be an id of which nobody knows */
export function idFieldsOf({ name, fields }: Pick<Operation, "name" | "fields">): { field: string; kind: string }[] {
  return Object.entries(fields).flatMap(([field, schema]: [string, z.ZodType]) => {
    const kinds = [...PREFIXES.keys()].filter((kind) => schema.safeParse(idOfNobody(kind)).success);
    const [kind] = kinds;
    if (kinds.length === 1 && kind !== undefined) return [{ field, kind }];
    if (/Ids?$/.test(field) && OF_NOBODY[field] === undefined) {
      throw new Error(`${name}: ${field} takes ids of no single kind, so nobody can try it with a stranger's`);
    }
    return [];
  });
}

/** Somebody with one thing of each kind that can be asked for by its id. */
export type Owner = { readonly person: SignedInPerson; readonly ids: Readonly<Record<string, string>> };

/** What a domain's own factory makes of its kinds: `idsOf` of `factories/<domain>.ts`, where there is one. */
async function idsOfFactories(person: SignedInPerson): Promise<Readonly<Record<string, string>>> {
  const made = await Promise.all(
    domains.map(async ({ domain: { name } }) => {
      if (!existsSync(new URL(`./factories/${name}.ts`, import.meta.url))) return {};
      const factory: { idsOf?: (owner: SignedInPerson) => Promise<Readonly<Record<string, string>>> } = await import(
        `./factories/${name}.ts`
      );
      return factory.idsOf?.(person) ?? {};
    }),
  );
  return Object.assign({}, ...made);
}

/** Makes the things; a new kind of id that something published asks for needs a line here, or an `idsOf` in its domain's factory. */
export async function createOwner(runtime: TestRuntime, networkId: string): Promise<Owner> {
  const person = await createPerson(runtime);
  const { organizationId, userId } = person;
  const { setupRequestId } = await createTestSetup(person, networkId);
  const { nodeId } = await createTestNodeRow(runtime, { organizationId, setupRequestId, networkId });
  const ctx = await person.ctx();
  const { apiToken } = await createApiToken(ctx, { name: "one", scopes: ["chain:read"] });
  const [wallet] = (await listWallets(ctx, {})).items;
  const otherSession = await createPerson(runtime, person.wallet);
  const { invitationId } = await inviteMember(ctx, {
    walletAddress: (await createTestWallet()).address,
    role: "viewer",
  });
  return {
    person,
    ids: {
      ...(await idsOfFactories(person)),
      setupRequest: setupRequestId,
      node: nodeId,
      apiToken: apiToken.id,
      session: otherSession.sessionId,
      wallet: wallet?.id ?? "",
      invitation: invitationId,
      user: userId,
      organization: organizationId,
    },
  };
}

/** An invitation that waits for the person's own answer. */
export async function invite(runtime: TestRuntime, person: SignedInPerson): Promise<string> {
  const friend = await createPerson(runtime);
  await inviteMember(await friend.ctx(), { walletAddress: person.wallet.address, role: "viewer" });
  return (await listMyInvitations(await person.ctx(), {})).items[0]?.id ?? "";
}
