import { coinsOf, type FieldType, field, type MessageSchema, type TransactionMessageSchema } from "./message-schema";

// Field numbers and names: cosmos-sdk 0.53, proto/cosmos/gov/{v1,v1beta1}/tx.proto and upgrade/v1beta1.

const voteOption: FieldType = { is: "enum", names: { 1: "Yes", 2: "Abstain", 3: "No", 4: "No with veto" } };
const weighted = (weight: FieldType): FieldType => ({
  is: "message",
  schema: { fields: [field(1, "option", "Option", voteOption), field(2, "weight", "Share", weight)] },
});

const PLAN: MessageSchema = {
  fields: [
    field(1, "name", "Upgrade name", "text"),
    field(2, "time", "Time (no longer used)", "timestamp"),
    field(3, "height", "Halt height", "int"),
    field(4, "info", "Information", "text"),
    field(5, "upgraded_client_state", "Client state (no longer used)", { is: "any", of: "extension" }),
  ],
};

/** Messages of governance, and the upgrade messages that proposals carry. */
export const GOV_SCHEMAS: readonly TransactionMessageSchema[] = [
  {
    typeUrl: "/cosmos.gov.v1.MsgVote",
    signer: "voter",
    aminoType: "cosmos-sdk/v1/MsgVote",
    title: (show) => `Vote ${show("option")} on proposal ${show("proposal_id")}`,
    fields: [
      field(1, "proposal_id", "Proposal", "uint"),
      field(2, "voter", "Voter", "address"),
      field(3, "option", "Vote", voteOption),
      field(4, "metadata", "Note", "text"),
    ],
  },
  {
    typeUrl: "/cosmos.gov.v1beta1.MsgVote",
    signer: "voter",
    aminoType: "cosmos-sdk/MsgVote",
    title: (show) => `Vote ${show("option")} on proposal ${show("proposal_id")}`,
    fields: [
      field(1, "proposal_id", "Proposal", "uint"),
      field(2, "voter", "Voter", "address"),
      field(3, "option", "Vote", voteOption),
    ],
  },
  {
    typeUrl: "/cosmos.gov.v1.MsgVoteWeighted",
    signer: "voter",
    aminoType: "cosmos-sdk/v1/MsgVoteWeighted",
    title: (show) => `Split the vote on proposal ${show("proposal_id")}`,
    fields: [
      field(1, "proposal_id", "Proposal", "uint"),
      field(2, "voter", "Voter", "address"),
      field(3, "options", "Vote", weighted({ is: "dec_text", percent: true }), { repeated: true }),
      field(4, "metadata", "Note", "text"),
    ],
  },
  {
    typeUrl: "/cosmos.gov.v1beta1.MsgVoteWeighted",
    signer: "voter",
    aminoType: "cosmos-sdk/MsgVoteWeighted",
    title: (show) => `Split the vote on proposal ${show("proposal_id")}`,
    fields: [
      field(1, "proposal_id", "Proposal", "uint"),
      field(2, "voter", "Voter", "address"),
      field(3, "options", "Vote", weighted({ is: "dec", percent: true }), { repeated: true }),
    ],
  },
  {
    typeUrl: "/cosmos.gov.v1.MsgDeposit",
    signer: "depositor",
    aminoType: "cosmos-sdk/v1/MsgDeposit",
    title: (show, count) => `Add ${coinsOf(show, count, "amount")} to the deposit of proposal ${show("proposal_id")}`,
    fields: [
      field(1, "proposal_id", "Proposal", "uint"),
      field(2, "depositor", "Depositor", "address"),
      field(3, "amount", "Deposit", "coin", { repeated: true }),
    ],
  },
  {
    typeUrl: "/cosmos.gov.v1.MsgSubmitProposal",
    signer: "proposer",
    aminoType: "cosmos-sdk/v1/MsgSubmitProposal",
    title: (show) => `Submit the proposal ${show("title")}`,
    fields: [
      field(1, "messages", "It would execute", { is: "any", of: "message" }, { repeated: true }),
      field(2, "initial_deposit", "Deposit", "coin", { repeated: true }),
      field(3, "proposer", "Proposer", "address"),
      field(4, "metadata", "Metadata", "text"),
      field(5, "title", "Title", "text"),
      field(6, "summary", "Summary", "text"),
      field(7, "expedited", "Expedited", "bool"),
    ],
  },
  {
    typeUrl: "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade",
    signer: "authority",
    aminoType: "cosmos-sdk/MsgSoftwareUpgrade",
    title: (show) => `Upgrade the chain to ${show("plan.name")} at height ${show("plan.height")}`,
    fields: [field(1, "authority", "Authority", "address"), field(2, "plan", "Plan", { is: "message", schema: PLAN })],
  },
  {
    typeUrl: "/cosmos.upgrade.v1beta1.MsgCancelUpgrade",
    signer: "authority",
    aminoType: "cosmos-sdk/MsgCancelUpgrade",
    title: () => "Cancel the planned upgrade of the chain",
    fields: [field(1, "authority", "Authority", "address")],
  },
];
