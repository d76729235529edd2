import { describe, expect, it } from "vitest";
import { NodeList } from "@/components/admin/nodes/node-list";
import { SetupRequestList } from "@/components/admin/setup-requests/setup-request-list";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { pageMarkup, textOf } from "@/tests/support/page-markup";
import { ValidatorFigures } from "./validator-figures";
import { ValidatorList } from "./validator-list";
import { ReviewStep } from "./wizard/review-step";
import { FIRST_ANSWERS } from "./wizard/wizard-answers";

const NOW_MS = Date.parse("2026-05-01T12:00:00Z");
const AT = "2026-05-01T11:00:00.000Z";
const SETUP: SetupRequestView = {
  id: "val_1",
  status: "active",
  standing: {
    state: "jailed",
    since: AT,
    nodeState: "synced",
    jail: { until: AT, cause: "downtime", mayUnjail: true },
    unbondsAt: null,
    blocks: null,
    misses: { left: 114, allowed: 114, windowBlocks: 120 },
    tokensBaseUnits: "5000000",
    lastKnown: null,
  },
  statusMessage: "",
  walletAddress: `omni1${"q".repeat(38)}`,
  operatorAddress: `omnivaloper1${"q".repeat(38)}`,
  networkId: "net_1",
  validatorName: "Lighthouse",
  identity: "",
  website: "",
  securityContact: "",
  description: "",
  runMode: "cloud",
  runtime: "process",
  regionCode: "us-east",
  tierCode: "small",
  commissionRate: "0.1",
  commissionMaxRate: "0.2",
  commissionMaxChangeRate: "0.01",
  minSelfDelegation: "1000000",
  selfDelegation: "5000000",
  consensusPubkey: null,
  consensusAddress: null,
  progressPercent: 100,
  currentStep: null,
  errorCode: null,
  errorMessage: null,
  chainTxHash: null,
  chainTxHeight: null,
  firstSigned: null,
  publishedAt: null,
  retryCount: 0,
  canRetry: false,
  isCleaningUp: false,
  canCancel: false,
  waitsUnsignedUntil: null,
  generation: 1,
  createdAt: AT,
  updatedAt: AT,
};
const NODE: NodeView = {
  id: "node_1",
  status: "synced",
  statusMessage: "The node is in sync.",
  runtime: "process",
  desiredState: "running",
  operation: null,
  operationStep: null,
  rpcEndpoint: null,
  p2pEndpoint: null,
  logsUrl: "",
  p2pNodeId: null,
  lastBlockHeight: "12345",
  lagBlocks: 0,
  isCatchingUp: false,
  peerCount: 3,
  nodeVersion: null,
  binaryVersion: "1.0.0",
  restartCount: 0,
  cpuPercent: null,
  memoryUsedBytes: null,
  volumeUsedBytes: null,
  watermarkHeight: null,
  lastSeenAt: AT,
  lastCheckError: null,
  startedAt: AT,
  heldAt: null,
  heldReason: null,
};
const NETWORK = {
  id: "net_1",
  chainId: "omniphi-localnet-1",
  displayName: "Localnet",
  kind: "localnet",
  displayDenom: "OMNI",
  denomExponent: 6,
  hasFaucet: true,
} as const;
const FACTS = { denomExponent: 6, displayDenom: "OMNI", minCommissionRate: "0.05" };
const row = { setupRequest: SETUP, node: NODE, machine: null };
const pageOf = <Row,>(...items: Row[]) => ({ items, nextCursor: null });
const draw = (part: Parameters<typeof pageMarkup>[0]) => pageMarkup(part, { nowMs: NOW_MS });
const primariesIn = (markup: string): number => markup.match(/class="[^"]*\bbg-accent\b[^"]*"/g)?.length ?? 0;
/** The badge of the one row, from its colour to its word. */
const badgeOf = (markup: string): string => {
  const body = markup.slice(markup.indexOf("<tbody"));
  const end = body.indexOf("Jailed");
  return body.slice(body.lastIndexOf("<span", end), end + "Jailed".length);
};

describe("a jailed validator whose node is in sync", () => {
  it.each([
    ["its owner's list", <ValidatorList key="own" initial={pageOf(row)} initialStrips={[]} />],
    ["the operators' list of requests", <SetupRequestList key="setups" initial={pageOf(row)} />],
    [
      "the operators' list of nodes",
      <NodeList key="nodes" initial={pageOf({ node: NODE, setupRequest: SETUP, organizationId: "org_1" })} />,
    ],
  ])("is jailed in %s, in the colour of danger", (_, list) => {
    expect(badgeOf(draw(list))).toMatch(/text-danger-text.*Jailed$/);
  });
});

describe("the first paint", () => {
  const figures = (over: Partial<Parameters<typeof ValidatorFigures>[0]>) =>
    textOf(
      draw(
        <ValidatorFigures
          validator={null}
          chainError={null}
          isGone={false}
          readAt={null}
          budget={null}
          budgetError={null}
          node={NODE}
          denom={{ symbol: "OMNI", exponent: 6 }}
          setup={SETUP}
          {...over}
        />,
      ),
    );

  it("says of what is still being read neither that it is unknown nor a figure", () => {
    const said = figures({});
    expect(said).toContain("Stake");
    expect(said).not.toMatch(/unknown|not known/i);
    expect(said).not.toContain("OMNI");
  });

  it("says of what failed that it is not known, and why", () => {
    const said = figures({ chainError: "The chain does not answer.", budgetError: "Nobody recorded it." });
    expect(said.match(/unknown/g)?.length).toBe(3);
    expect(figures({ isGone: true })).not.toMatch(/unknown/);
  });

  it("shows places for rows while a list is read, not that there are none", () => {
    const shown = draw(<ValidatorList initial={undefined} initialStrips={[]} />);
    expect(shown).toContain('aria-busy="true"');
    expect(textOf(shown)).not.toContain("No validators yet");
  });
});

describe("the list of validators", () => {
  it("has one primary button, empty or not", () => {
    const empty = draw(<ValidatorList initial={pageOf()} initialStrips={[]} />);
    expect(textOf(empty)).toContain("No validators yet");
    expect([primariesIn(empty), primariesIn(draw(<ValidatorList initial={pageOf(row)} initialStrips={[]} />))]).toEqual(
      [1, 1],
    );
  });
});

describe("the review of the answers", () => {
  it("groups its amounts and counts its points", () => {
    const shown = textOf(
      draw(
        <ReviewStep
          answers={{ ...FIRST_ANSWERS, selfDelegation: "999999999999", commissionMaxChangeRate: "1" }}
          messages={{}}
          onChange={() => {}}
          facts={FACTS}
          network={NETWORK}
          walletAddress={SETUP.walletAddress}
          stepHref={(step) => `?step=${step}`}
        />,
      ),
    );
    expect(shown).toContain("999 999 999 999 OMNI");
    expect(shown).toMatch(/\b1 percentage point can never be changed/);
  });
});
