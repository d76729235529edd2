"use client";

import { SigningSheet } from "@/components/wallet/signing-sheet";
import type { DecodedField, DecodedTransaction } from "@/lib/chain/decode/decoded-transaction";
import { OPERATOR, SIGNER } from "../sample";

const field = (
  path: string,
  group: string,
  label: string,
  display: string,
  marks: Partial<DecodedField> = {},
): DecodedField => ({
  path,
  group,
  label,
  display,
  raw: display,
  permanent: false,
  unknown: false,
  ...marks,
});

const decoded: DecodedTransaction = {
  encoding: "direct",
  hasUnknown: true,
  warnings: ["The name holds letters that look like others."],
  fingerprint: "K3QZ-7TXM-0VJ4-9R2D",
  envelope: [
    field("chain_id", "", "Chain", "omniphi-localnet-1"),
    field("account_number", "", "Account number", "42"),
    field("sequence", "", "Sequence", "7"),
    field("fee.amount", "Fee", "Amount", "0.00525 OMNI (5250 omniphi)"),
    field("fee.gas", "Fee", "Gas limit", "210,000"),
  ],
  messages: [
    {
      typeUrl: "/cosmos.staking.v1beta1.MsgCreateValidator",
      known: true,
      title:
        'Create the validator "Aurora North" with 1000 OMNI (1\u202f000\u202f000\u202f000 omniphi) of own stake and 5 % commission',
      fields: [
        field("m.moniker", "Description", "Name", '"Aurora North"'),
        field("m.website", "Description", "Website", '"https://aurora.example"'),
        field("m.rate", "Commission", "Commission", "5 %"),
        field("m.max", "Commission", "Max commission rate", "20 %", { permanent: true }),
        field("m.change", "Commission", "Max daily change of commission", "1 %", { permanent: true }),
        field("m.op", "", "Operator", OPERATOR),
        field("m.key", "Consensus key", "Ed25519 key", "qL9vZ2yVxT7mD0sE3wR5uY8iO1pA4dF6gH9jK2lZxCv=", {
          permanent: true,
        }),
        field("m.x", "", "Field 19", "0a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425", { unknown: true }),
      ],
    },
  ],
};

export default function Signing() {
  return (
    <SigningSheet
      open
      onOpenChange={() => {}}
      decoded={decoded}
      signBytesHex={"0a9c010a".repeat(60)}
      network={{ name: "Omniphi localnet", chainId: "omniphi-localnet-1" }}
      signer={{ address: SIGNER, walletName: "Keplr" }}
      effects={{
        status: "simulated",
        atHeightBlocks: "12 345",
        rows: [
          { label: "Balance", before: "1 500 OMNI", after: "499.99475 OMNI" },
          { label: "Own stake", before: "0 OMNI", after: "1 000 OMNI" },
          { label: "Rank", before: null, after: "14 of 61" },
        ],
      }}
      phase={{
        name: "refused",
        sentence: "The request was turned down in Keplr. Nothing was signed.",
        code: "wallet.rejected",
      }}
      onSign={() => {}}
    />
  );
}
