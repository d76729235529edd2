import { agentPairings, agents } from "@/db/schema/agents";
import { localValidatorHeartbeats } from "@/db/schema/validators";
import { agentsDomain } from "@/server/domains/agents/domain";
import { beginMachinePairing, confirmMachinePairing } from "@/server/domains/validators";
import { createTestMachine, randomConsensusPubkey, type TestMachine } from "../test-machine";
import type { SignedInPerson } from "./identity";
import { createTestSetup } from "./validators";

/** One thing of each kind of this domain that the person's organisation can be asked for. */
export async function idsOf(person: SignedInPerson): Promise<Readonly<Record<string, string>>> {
  const { db } = await person.ctx();
  const agentId = agentsDomain.newId("agent");
  await db.insert(agents).values({
    id: agentId,
    kind: "validator",
    organizationId: person.organizationId,
    name: "A machine",
    machineId: "machine-of-a-test",
  });
  const pairingId = agentsDomain.newId("pairing");
  await db.insert(agentPairings).values({
    id: pairingId,
    organizationId: person.organizationId,
    userId: person.userId,
    networkId: "net_of_a_test",
    walletAddress: person.wallet.address,
    accountPrefix: "omni",
    consensusPubkey: randomConsensusPubkey(),
    name: "A machine",
    message: "A statement",
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + 60_000),
  });
  return { agent: agentId, pairing: pairingId };
}

/** A report of a machine of the person's, as a row: for tests that ask who may see it. */
export async function createReportedMachine(
  person: SignedInPerson,
  of: { networkId: string; consensusPubkey: string },
): Promise<{ agentId: string }> {
  const { db } = await person.ctx();
  const agentId = agentsDomain.newId("agent");
  const at = new Date();
  await db.insert(localValidatorHeartbeats).values({
    ...of,
    agentId,
    organizationId: person.organizationId,
    walletAddress: person.wallet.address,
    machineId: "machine-of-a-test",
    machineName: "A machine",
    blockHeight: 1n,
    uptimeSeconds: 1,
    firstSeenAt: at,
    lastSeenAt: at,
  });
  return { agentId };
}

/** Has the person's wallet sign for a machine, as the console does; answers the token, which is shown once. */
export async function pairMachine(
  person: SignedInPerson,
  asked: { setupRequestId: string; consensusPubkey: string; machineId?: string; name?: string },
  credential: "key" | "token" = "key",
) {
  const ctx = await person.ctx();
  const { pairingId, messageToSign } = await beginMachinePairing(ctx, asked);
  const { pubkey, signature } = await person.wallet.signArbitrary(messageToSign);
  return confirmMachinePairing(ctx, { pairingId, pubkey, signature, credential });
}

export type PairedMachine = {
  readonly machine: TestMachine;
  readonly setupRequestId: string;
  readonly consensusPubkey: string;
  /** The report of a node in sync, as far as nothing else is said. */
  report(change?: object): Record<string, unknown>;
};

/** A setup in local mode with its machine, enrolled by a key of its own. */
export async function createPairedMachine(person: SignedInPerson, networkId: string): Promise<PairedMachine> {
  const { setupRequestId } = await createTestSetup(person, networkId, {
    runMode: "local",
    regionCode: undefined,
    tierCode: undefined,
  });
  return addMachine(person, { setupRequestId, consensusPubkey: randomConsensusPubkey() });
}

/** One more machine with the same key. */
export async function addMachine(
  person: SignedInPerson,
  { setupRequestId, consensusPubkey }: { setupRequestId: string; consensusPubkey: string },
): Promise<PairedMachine> {
  const machine = createTestMachine();
  const { token } = await pairMachine(person, {
    setupRequestId,
    consensusPubkey,
    name: `Machine ${machine.machineId}`,
  });
  const enrolled = await machine.enrol(token ?? "", consensusPubkey);
  if (enrolled.status !== 201) throw new Error(`not enrolled: ${JSON.stringify(enrolled.body)}`);
  return {
    machine,
    setupRequestId,
    consensusPubkey,
    report: (change = {}) => ({
      walletAddress: person.wallet.address,
      consensusPubkey,
      blockHeight: 100,
      uptimeSeconds: 60,
      catchingUp: false,
      peerCount: 3,
      chainId: "omniphi-localnet-1",
      ...change,
    }),
  };
}
