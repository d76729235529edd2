import { stringToPath } from "@cosmjs/crypto";
import { DirectSecp256k1HdWallet, type EncodeObject, Registry } from "@cosmjs/proto-signing";
import { defaultRegistryTypes, SigningStargateClient } from "@cosmjs/stargate";
import { MsgSubmitProposal } from "cosmjs-types/cosmos/gov/v1/tx";
import type { localnetFacts } from "./localnet-facts";

/** What the local chain asks to bring a proposal to its vote at once. */
const DEPOSIT_BASE_UNITS = "10000000";
const GAS_LIMIT = 300_000;
const FEE_BASE_UNITS = "30000";

/**
 * Puts a question to the vote with a wallet that the product does not know, past the product; its id.
 * `fund` brings the wallet its coins.
 */
export async function proposeText(
  { rpcPort, restPort }: ReturnType<typeof localnetFacts>,
  title: string,
  fund: (address: string) => Promise<void>,
): Promise<string> {
  const wallet = await DirectSecp256k1HdWallet.generate(24, {
    prefix: "omni",
    hdPaths: [stringToPath("m/44'/60'/0'/0/0")],
  });
  const [account] = await wallet.getAccounts();
  if (!account) throw new Error("wallet without account");
  await fund(account.address);
  const client = await SigningStargateClient.connectWithSigner(`http://127.0.0.1:${rpcPort}`, wallet, {
    registry: new Registry([...defaultRegistryTypes, ["/cosmos.gov.v1.MsgSubmitProposal", MsgSubmitProposal]]),
  });
  try {
    const message: EncodeObject = {
      typeUrl: "/cosmos.gov.v1.MsgSubmitProposal",
      value: MsgSubmitProposal.fromPartial({
        messages: [],
        initialDeposit: [{ denom: "omniphi", amount: DEPOSIT_BASE_UNITS }],
        proposer: account.address,
        title,
        summary: "It changes nothing.",
        metadata: "A question without an action",
      }),
    };
    const fee = { gas: String(GAS_LIMIT), amount: [{ denom: "omniphi", amount: FEE_BASE_UNITS }] };
    const { code, rawLog } = await client.signAndBroadcast(account.address, [message], fee);
    if (code !== 0) throw new Error(`the chain refused the proposal: ${rawLog}`);
  } finally {
    client.disconnect();
  }
  const answer = await fetch(`http://127.0.0.1:${restPort}/cosmos/gov/v1/proposals?pagination.reverse=true`);
  const { proposals } = (await answer.json()) as { proposals: { id: string; title: string }[] };
  const proposal = proposals.find((one) => one.title === title);
  if (!proposal) throw new Error(`no proposal is called ${title}`);
  return proposal.id;
}
