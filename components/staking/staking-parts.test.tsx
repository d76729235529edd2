import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { CHAIN_VECTORS } from "@/tests/support/chain-vectors";
import { pageMarkup, textOf } from "@/tests/support/page-markup";
import { ActList } from "./act-list";
import { OwnValidatorPanel } from "./own-validator-panel";
import { PositionFigures } from "./position-figures";
import { ProposalPage } from "./proposal-page";
import { StakeList } from "./stake-list";
import type { StakingNetwork } from "./staking-network";
import { StakingPage } from "./staking-page";
import { UnbondingTimeline } from "./unbonding-timeline";
import type { useActSigning } from "./use-act-signing";
import type { ShownPosition } from "./use-position";
import { WalletStake } from "./wallet-stake";

const NOW_MS = Date.parse("2026-05-01T12:00:00Z");
const OPERATOR = `omnivaloper1${"q".repeat(38)}`;
const ADDRESS = CHAIN_VECTORS.accountAddress;
const NETWORK: StakingNetwork = {
  id: "net_1",
  chainId: "omniphi-localnet-1",
  kind: "localnet",
  displayName: "Localnet",
  rpcUrl: "",
  restUrl: "",
  bech32: {
    account: "omni",
    accountPub: "omnipub",
    validator: "omnivaloper",
    validatorPub: "omnivaloperpub",
    consensus: "omnivalcons",
    consensusPub: "omnivalconspub",
  },
  coinType: 60,
  baseDenom: "omniphi",
  displayDenom: "OMNI",
  denomExponent: 6,
  gasPriceSteps: { low: "0.025", average: "0.025", high: "0.05" },
};
const OWN: NonNullable<ShownPosition["ownValidator"]> = {
  operatorAddress: OPERATOR,
  moniker: "Lighthouse",
  identity: "",
  website: "",
  securityContact: "",
  details: "",
  status: "unbonding",
  isJailed: true,
  isTombstoned: false,
  jailedUntil: "2026-05-01T12:01:05Z",
  unjailRefusal: { code: "staking.jail_not_over", sentence: "The chain keeps it in jail." },
  commissionRate: "0.1",
  commissionMaxRate: "0.2",
  commissionMaxChangeRate: "0.01",
  commissionChangeableAt: "2026-05-02T00:00:00.000Z",
  commissionBaseUnits: "0",
  minSelfDelegationBaseUnits: "1000000",
  selfDelegationBaseUnits: "5000000",
};
const POSITION: ShownPosition = {
  networkId: "net_1",
  address: ADDRESS,
  denom: "omniphi",
  readAt: "2026-05-01T12:00:00.000Z",
  balanceBaseUnits: "12000000",
  spendableBaseUnits: "10000000",
  feeReserveBaseUnits: "25000",
  stakedBaseUnits: "5000000",
  rewardsBaseUnits: "40",
  delegations: [
    {
      operatorAddress: OPERATOR,
      moniker: "<b>Lighthouse</b>",
      amountBaseUnits: "5000000",
      rewardsBaseUnits: "40",
      commissionRate: "0.1",
      status: "bonded",
      isJailed: true,
    },
  ],
  unbondings: [
    {
      operatorAddress: OPERATOR,
      moniker: "Lighthouse",
      creationHeightBlocks: "7",
      startedAt: "2026-05-01T11:55:00.000Z",
      completesAt: "2026-05-01T12:05:00Z",
      balanceBaseUnits: "2000000",
    },
  ],
  redelegations: [],
  ownValidator: OWN,
  unbondingSeconds: 600,
  maxEntries: 7,
  minCommissionRate: "0.05",
  aprBeforeCommission: null,
  aprUnknownBecause: "This chain has no minting module that could be asked.",
};
const SIGNING: ReturnType<typeof useActSigning> = {
  begin: () => {},
  isPreparing: false,
  isReady: true,
  refusal: undefined,
  forget: () => {},
  sheet: null,
  progress: null,
};
const markup = (children: ReactNode, search = "") => pageMarkup(children, { nowMs: NOW_MS, search });
const none = () => {};

describe("a wallet's stake", () => {
  it("says what can be spent beside what vests, and why a yearly rate is not known", () => {
    const shown = markup(<PositionFigures position={POSITION} network={NETWORK} />);
    expect(textOf(shown)).toContain("10 OMNI");
    expect(textOf(shown)).toContain("2 OMNI vest yet");
    expect(shown).toContain("unknown: This chain has no minting module that could be asked.");
  });

  it("shows a jailed validator as such, its name as text, and acts to the owner alone", () => {
    const list = (canAct: boolean) =>
      markup(<StakeList position={POSITION} network={NETWORK} canAct={canAct} onStake={none} onWithdraw={none} />);
    expect(textOf(list(true))).toContain("Jailed");
    expect(list(true)).not.toContain("<b>Lighthouse");
    expect(textOf(list(true))).toMatch(/Delegate.*Undelegate.*Redelegate.*Withdraw/);
    expect(textOf(list(false))).not.toContain("Undelegate");
  });

  it("counts what unbonds down, in the middle of its time", () => {
    const shown = markup(<UnbondingTimeline position={POSITION} network={NETWORK} canAct onCancel={none} />);
    expect(textOf(shown)).toMatch(/2 OMNI from Lighthouse/);
    expect(textOf(shown)).toContain("in 5 min");
    expect(shown).toContain('width="50%"');
  });
});

describe("the panel of one's own validator", () => {
  const panel = (own: Partial<typeof OWN>) =>
    markup(
      <OwnValidatorPanel
        position={POSITION}
        own={{ ...OWN, ...own }}
        network={NETWORK}
        signing={SIGNING}
        canAct
        onStake={none}
      />,
    );
  const isUnjailOpen = (shown: string) => /<button(?![^>]*disabled="")[^>]*>Unjail<\/button>/.test(shown);

  it("counts jail down, and does not offer release before its end", () => {
    const shown = panel({});
    expect(textOf(shown)).toContain("It can be released in 1 min 5 s.");
    expect(isUnjailOpen(shown)).toBe(false);
  });

  it("offers release once jail is over by the clock, though the last look still said no", () => {
    const shown = panel({ jailedUntil: "2026-05-01T11:59:59Z" });
    expect(textOf(shown)).toContain("it can be released now");
    expect(isUnjailOpen(shown)).toBe(true);
  });

  it("says every other reason instead, and offers nothing to a tombstoned one", () => {
    const stopped = panel({
      jailedUntil: "2026-05-01T11:59:59Z",
      unjailRefusal: { code: "staking.node_not_in_sync", sentence: "The validator's node is stopped." },
    });
    expect(textOf(stopped)).toContain("node is stopped");
    expect(isUnjailOpen(stopped)).toBe(false);
    const gone = panel({
      isTombstoned: true,
      unjailRefusal: { code: "staking.tombstoned", sentence: "Its key can never sign again." },
    });
    expect(textOf(gone)).toContain("can never sign again");
    expect(gone).not.toContain("Unjail");
  });
});

describe("the pages", () => {
  it("of stake say what to do without a network or without a wallet of it", () => {
    expect(textOf(markup(<StakingPage networks={[]} wallets={[ADDRESS]} canAct />))).toContain("No network yet");
    expect(textOf(markup(<StakingPage networks={[NETWORK]} wallets={["cosmos1abc"]} canAct />))).toContain(
      "No wallet for this network",
    );
  });

  it("of stake say that the chain is silent where the server waited in vain, and wait a little where nobody did", () => {
    const silent = textOf(markup(<StakingPage networks={[NETWORK]} wallets={[ADDRESS]} canAct />));
    expect(silent).toContain("Localnet does not answer.");
    expect(silent).toContain("Ask again");
    const begun = markup(<WalletStake network={NETWORK} address={ADDRESS} canAct />);
    expect(begun).not.toContain("does not answer");
  });

  it("of transactions tell what failed in the chain's words, and offer the file of what is filtered", () => {
    const act = {
      id: "act_1",
      kind: "delegate",
      status: "failed",
      actor: "user:usr_1",
      networkId: "net_1",
      signerAddress: ADDRESS,
      operatorAddress: OPERATOR,
      proposalId: null,
      amountBaseUnits: "1500000",
      denom: "omniphi",
      feeBaseUnits: "7500",
      sentences: ["Stake 1.5 OMNI"],
      fingerprint: "K3QZ",
      statusReason: "chain.transaction_reverted",
      reason: "out of gas",
      txHash: "AB".repeat(32),
      heightBlocks: "9",
      createdAt: "2026-05-01T11:00:00.000Z",
      submittedAt: null,
      updatedAt: "2026-05-01T11:00:00.000Z",
    } as const;
    const initial = { items: [{ ...act, sentences: [...act.sentences] }], nextCursor: null };
    const shown = markup(
      <ActList initial={initial} networks={[NETWORK]} wallets={[ADDRESS]} />,
      "kind=delegate&txHash=x",
    );
    expect(textOf(shown)).toContain("The chain refused it: out of gas");
    expect(textOf(shown)).toContain("1.5 OMNI");
    expect(textOf(shown)).toContain("has 64 hexadecimal digits");
    expect(shown).toContain("/api/v1/staking/acts-export?organization=acme&amp;kind=delegate");
  });

  it("of a proposal show its count against the bounds, its messages, and the vote that a wallet gave", () => {
    const initial = {
      networkId: "net_1",
      readAt: "2026-05-01T12:00:00.000Z",
      proposalId: "7",
      title: "Upgrade",
      status: "voting_period",
      isExpedited: false,
      messageTypeUrls: ["/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade"],
      submittedAt: null,
      depositEndsAt: null,
      votingStartsAt: null,
      votingEndsAt: "2026-05-01T12:02:00Z",
      depositBaseUnits: "10000000",
      summary: "<script>",
      proposerAddress: "",
      messages: [
        {
          typeUrl: "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade",
          fields: [{ path: "plan.name", value: "v2" }],
        },
      ],
      tally: { yes: "3000000", abstain: "0", no: "1000000", noWithVeto: "0" },
      bondedBaseUnits: "10000000",
      quorum: "0.334",
      threshold: "0.5",
      vetoThreshold: "0.334",
      minDepositBaseUnits: "10000000",
      votes: [{ address: ADDRESS, options: [{ option: "no" as const, weight: "1" }] }],
      guard: null,
      guardUnknownBecause: null,
      tipHeightBlocks: null,
      averageBlockMs: null,
    } as const;
    const shown = markup(
      <ProposalPage
        proposalId="7"
        initial={structuredClone(initial) as never}
        network={NETWORK}
        wallets={[ADDRESS]}
        canAct
      />,
    );
    expect(textOf(shown)).toContain("Votes are taken for 2 min more.");
    expect(textOf(shown)).toContain("40 %");
    expect(textOf(shown)).toContain("75 %");
    expect(textOf(shown)).toMatch(/plan\.name\s+v2/);
    expect(textOf(shown)).toContain("This wallet voted No.");
    expect(textOf(shown)).toContain("no risk guard that could be asked");
    expect(shown).not.toContain("<script>");
    const judged = { tier: "high", score: 61, delayBlocks: "120960", thresholdBps: 6_667, modelVersion: "rules-v1" };
    const guarded = markup(
      <ProposalPage
        proposalId="7"
        initial={
          {
            ...structuredClone(initial),
            status: "passed",
            tipHeightBlocks: "880",
            averageBlockMs: 6_000,
            guard: {
              report: { rules: judged, model: null, reasonCodes: ["LARGE_SPEND"], featuresHash: "" },
              queued: {
                queuedHeightBlocks: "100",
                earliestHeightBlocks: "900",
                gate: "shock_absorber",
                gateEnteredHeightBlocks: "160",
                tier: "high",
                thresholdBps: 6_667,
                needsSecondConfirmation: true,
                isConfirmed: false,
                note: "",
              },
              advisory: null,
            },
          } as never
        }
        network={NETWORK}
        wallets={[ADDRESS]}
        canAct
      />,
    );
    expect(textOf(guarded)).toContain("risk guard holds its execution back for now");
    expect(textOf(guarded)).toContain("High risk");
    expect(textOf(guarded)).toMatch(/61 of 100; waits 120\s960 blocks; asks for 66\.67\s% yes/);
    expect(textOf(guarded)).toMatch(
      /Executed at block 900 at the soonest: 20 blocks from now, about 2 min\. It waits for a second/,
    );
  });
});
