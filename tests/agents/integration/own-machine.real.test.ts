import { statSync } from "node:fs";
import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operatorAddressOf } from "@/lib/chain/bech32-address";
import { signedTxBytes } from "@/lib/chain/build-transaction";
import { listNetworks } from "@/server/domains/chain";
import { getSetupRequest, prepareTransaction, submitTransaction } from "@/server/domains/validators";
import { startAgentProgram } from "../../support/agent-program";
import { startApiServer } from "../../support/api-server";
import { fund } from "../../support/chain-actor";
import { eventually } from "../../support/eventually";
import { pairMachine } from "../../support/factories/agents";
import { createPerson } from "../../support/factories/identity";
import { createTestSetup, OMNI_PREFIXES } from "../../support/factories/validators";
import { type OwnNode, startOwnNode } from "../../support/validators/own-node";
import { createSigningStage, type Signer, type SigningStage } from "../../support/validators/signing-stage";

const OMNI = 1_000_000n;
let stage: SigningStage;
let node: OwnNode;
let api: Awaited<ReturnType<typeof startApiServer>>;
beforeAll(async () => {
  stage = await createSigningStage();
  node = await startOwnNode(stage.localnet);
  api = await startApiServer();
});
afterAll(async () => {
  await api?.close();
  await node?.stop();
  await stage?.close();
});

it("a person joins with a node that the product did not start: its agent proves the key and reports, the wallet signs, and the chain has it", async () => {
  await eventually(
    "the node is in sync",
    async () => {
      const { height, catchingUp } = await node.height();
      return height > 1 && !catchingUp;
    },
    60_000,
  );
  const person = await createPerson(stage.runtime);
  const { address } = person.wallet;
  await fund(stage.localnet, stage.chain, address, 10n * OMNI);
  const [network] = await listNetworks(await stage.runtime.ctx(), {});
  const { setupRequestId } = await createTestSetup(person, network?.id ?? "", {
    runMode: "local",
    regionCode: undefined,
    tierCode: undefined,
    validatorName: "On my own machine",
  });
  const viewNow = async () => getSetupRequest(await person.ctx(), { setupRequestId });
  const { consensusPubkey } = node;
  const { token } = await pairMachine(person, { setupRequestId, consensusPubkey, name: "Under the desk" });

  const agent = await startAgentProgram([
    ...["--url", api.url, "--token", token ?? "", "--home", node.home],
    ...["--rpc", node.rpcUrl, "--binary", node.posdPath, "--every", "30"],
  ]);
  try {
    await eventually("the key is proven", async () => (await viewNow()).setupRequest.status === "ready_for_chain_tx");
    const ready = await viewNow();
    expect(ready.setupRequest.consensusPubkey).toBe(consensusPubkey);
    expect(ready.machine).toMatchObject({
      presence: "online",
      isHealthy: true,
      machineName: "Under the desk",
      chainId: stage.localnet.facts.chainId,
      lastSignState: { height: "0", round: 0, step: 0 },
    });
    expect(ready.setupRequest.standing.nodeState).toBe("synced");
    // The key that reports stand on is the machine's alone.
    expect(statSync(agent.statePath).mode & 0o777).toBe(0o600);
    const health = await fetch(`${agent.bridgeOrigin()}/health`);
    expect(await health.json()).toMatchObject({ success: true, service: "omniphi-validator" });

    const { pubkey } = await person.wallet.signBytes(new Uint8Array());
    const prepared = await prepareTransaction(await person.ctx(), { setupRequestId, pubkey, signMode: "direct" });
    const { signature } = await person.wallet.signBytes(fromBase64(prepared.signBytes));
    const txBytes = signedTxBytes({
      bodyBytes: fromBase64(prepared.bodyBytes),
      authInfoBytes: fromBase64(prepared.authInfoBytes),
      signature: fromBase64(signature),
    });
    const { transactionId } = await submitTransaction(await person.ctx(), {
      setupRequestId,
      txBytes: toBase64(txBytes),
    });
    await stage.deliver({ setupRequestId } as Signer, transactionId);
    expect((await viewNow()).setupRequest.status).toBe("active");

    // The chain's own REST agrees, past everything of ours.
    const operator = operatorAddressOf(address, OMNI_PREFIXES);
    const shown = await fetch(`${stage.localnet.restUrl}/cosmos/staking/v1beta1/validators/${operator}`);
    expect(await shown.json()).toMatchObject({ validator: { consensus_pubkey: { key: consensusPubkey } } });

    // The node signs, and the same view shows it from the next report.
    const firstHeight = ready.machine?.blockHeight ?? 0;
    await eventually(
      "a later report shows the node signing",
      async () => {
        const { machine } = await viewNow();
        return machine !== null && machine.blockHeight > firstHeight && BigInt(machine.lastSignState?.height ?? 0) > 0n;
      },
      60_000,
    );
    expect((await viewNow()).machine).toMatchObject({ presence: "online", duplicateSigner: null });
  } catch (thrown) {
    throw new Error(`${(thrown as Error).message}\n--- the agent said ---\n${agent.output()}`, { cause: thrown });
  } finally {
    expect(await agent.stop()).toBe(0);
  }
});
