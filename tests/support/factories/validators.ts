import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { validatorNodes, validatorSetupRequests, validatorVolumes } from "@/db/schema/validators";
import { operatorAddressOf } from "@/lib/chain/bech32-address";
import { noteLocalnetHome, registerNetwork } from "@/server/domains/chain";
import { seedRegions } from "@/server/domains/regions";
import { validatorsDomain } from "@/server/domains/validators/domain";
import { recordRequest } from "@/server/domains/validators/requests/request-setup";
import { CreateSetupRequestInput } from "@/server/domains/validators/requests/schemas";
import type { TestRuntime } from "../test-runtime";
import type { SignedInPerson } from "./identity";

/** The prefixes of Omniphi's chains. */
export const OMNI_PREFIXES = {
  account: "omni",
  accountPub: "omnipub",
  validator: "omnivaloper",
  validatorPub: "omnivaloperpub",
  consensus: "omnivalcons",
  consensusPub: "omnivalconspub",
} as const;

export const TEST_CHAIN_ID = "omniphi-localnet-1";

/** Regions and a network's record, as every installation has them; a localnet unless said otherwise. */
export async function createTestNetwork(
  runtime: TestRuntime,
  kind: "localnet" | "testnet" | "mainnet" = "localnet",
): Promise<{ networkId: string }> {
  const ctx = await runtime.ctx();
  await seedRegions(ctx, {});
  const network = await registerNetwork(ctx, {
    chainId: TEST_CHAIN_ID,
    kind,
    displayName: "Localnet",
    status: "active",
    isDefault: true,
    bech32: OMNI_PREFIXES,
    coinType: 60,
    baseDenom: "omniphi",
    displayDenom: "OMNI",
    denomExponent: 6,
    gasPriceSteps: { low: "0.01", average: "0.025", high: "0.05" },
    rpcUrls: [kind === "localnet" ? "http://127.0.0.1:1" : "https://rpc.example.org"],
    restUrls: [kind === "localnet" ? "http://127.0.0.1:1" : "https://rest.example.org"],
  });
  // What pays there is the test's own double.
  if (kind === "localnet") await noteLocalnetHome(ctx, { networkId: network.id, home: "/a-local-chain" });
  return { networkId: network.id };
}

/** A pending setup request of the person, as the wizard's last page makes it, where the chain allows what `rules` say. */
export async function createTestSetup(
  person: SignedInPerson,
  networkId: string,
  change: Partial<CreateSetupRequestInput> = {},
  rules: Partial<Parameters<typeof recordRequest>[1]["rules"]> = {},
) {
  const request = CreateSetupRequestInput.parse({
    networkId,
    walletAddress: person.wallet.address,
    validatorName: "A test validator",
    commissionRate: "0.1",
    selfDelegation: "1000000",
    runMode: "cloud",
    regionCode: "us-east",
    tierCode: "small",
    ...change,
  });
  const operatorAddress = operatorAddressOf(request.walletAddress, OMNI_PREFIXES);
  const setup = await recordRequest(await person.ctx(), {
    request,
    rules: {
      operatorAddress,
      networkKind: "localnet",
      minCommissionRate: "0.05",
      isOperatorTaken: false,
      powerReduction: 1_000_000n,
      powerReductionWords: "1 OMNI",
      ...rules,
    },
  });
  return { setupRequestId: setup.id, setup };
}

/** A node row of that setup, as if it had once been placed; for tests that ask who may see it. */
export async function createTestNodeRow(
  runtime: TestRuntime,
  owner: { organizationId: string; setupRequestId: string; networkId: string },
): Promise<{ nodeId: string }> {
  const [nodeId, volumeId] = [validatorsDomain.newId("node"), validatorsDomain.newId("volume")];
  const ids = { organizationId: owner.organizationId, setupRequestId: owner.setupRequestId };
  await runtime.db.insert(validatorVolumes).values({ id: volumeId, ...ids, hostKind: "process" });
  await runtime.db.insert(validatorNodes).values({
    id: nodeId,
    ...ids,
    volumeId,
    networkId: owner.networkId,
    hostKind: "process",
    desiredState: "stopped",
    status: "stopped",
    binaryPath: "/nowhere/posd",
    binarySha256: "0".repeat(64),
    binaryVersion: "v0",
    genesisPath: "/nowhere/genesis.json",
    genesisSha256: "0".repeat(64),
    persistentPeers: [],
    minimumGasPrices: "0.025omniphi",
    cpuMillicores: 100,
    memoryBytes: 1,
  });
  return { nodeId };
}

/** Brings the setup to where its node is made and its key proven, as far as our rows tell: the person may sign. */
export async function makeReadyToSign(
  runtime: TestRuntime,
  owner: { organizationId: string; setupRequestId: string; networkId: string },
): Promise<{ nodeId: string; consensusPubkey: string }> {
  const { nodeId } = await createTestNodeRow(runtime, owner);
  const consensusPubkey = randomBytes(32).toString("base64");
  await runtime.db
    .update(validatorSetupRequests)
    .set({ status: "ready_for_chain_tx", consensusPubkey, progressPercent: 100 })
    .where(eq(validatorSetupRequests.id, owner.setupRequestId));
  return { nodeId, consensusPubkey };
}

/** Bytes to keep for a signature, for tests that never sign them. */
export const TEST_DOCUMENT = {
  signMode: "direct",
  bodyBytesBase64: "AA==",
  authInfoBytesBase64: "AA==",
  signBytesBase64: "AA==",
  signerPubkeyBase64: "AA==",
  accountNumber: "1",
  sequence: "0",
  fingerprint: "ABCD-EFGH",
} as const;
