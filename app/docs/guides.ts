import type { GuideSection } from "./guide-section";
import { MANUAL_WAY } from "./manual-way";

/** One page of the documentation that is read, not looked things up in. */
export type Guide = {
  readonly slug: string;
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly GuideSection[];
};

const BECOME: Guide = {
  slug: "become-a-validator",
  title: "Become a validator",
  lead: "From a wallet to a validator that signs blocks: in the console, by five calls of the API, or on a machine of your own.",
  sections: [
    {
      id: "before",
      heading: "Before you begin",
      paragraphs: [
        "You need a wallet of the network (Keplr, Leap or Cosmostation; on a local chain the browser makes a test wallet) with your self-delegation and a fee of a few thousandths of a coin. On a local chain the faucet gives both: the wizard shows what you hold, what is missing, and the button.",
        "Two rates are for ever: the maximum commission and its maximum change a day. So is the consensus key: it is made on the node and is never sent anywhere.",
      ],
    },
    {
      id: "console",
      heading: "In the console",
      paragraphs: [
        "Open New validator. Each step asks one thing; what you entered is kept, so you can go on elsewhere. Before the node is made, the last step shows everything, your balance, the fee, and the rank that the stake would take in the set.",
        "The node is made and catches up with the chain: its height, its pace and its own log are on the page. Until you sign you can still change the stake, or cancel; then what was made is undone.",
        "At the end you sign one transaction. The sheet shows it decoded from the very bytes that your wallet is asked to sign. The page turns by itself when the chain shows the validator.",
      ],
    },
    {
      id: "api",
      heading: "By the API",
      paragraphs: [
        "Make an API token under API tokens with the scopes of validators. Ask for the validator, follow the setup until it is ready_for_chain_tx, ask for the document to sign, sign it with your own key, and hand the signed bytes in. Amounts are decimal strings in base units: 10 OMNI are 10000000 omniphi.",
      ],
      code: [
        'curl -sS "$ORIGIN/api/v1/validators/setup-requests" -H "Authorization: Bearer $TOKEN" \\',
        '  -H "Content-Type: application/json" -H "Idempotency-Key: my-first-validator" \\',
        '  -d \'{"walletAddress":"\'"$ADDRESS"\'","validatorName":"My validator","commissionRate":"0.1",',
        '       "selfDelegation":"10000000","runMode":"cloud","regionCode":"us-east","tierCode":"small"}\'',
        'curl -sS "$ORIGIN/api/v1/validators/setup-requests/$ID" -H "Authorization: Bearer $TOKEN"',
      ].join("\n"),
    },
    ...MANUAL_WAY,
    {
      id: "after",
      heading: "After it signs",
      paragraphs: [
        "The validator's page shows its last blocks, the misses that are left before the chain jails it, and its node. Stopping the node misses every block until it runs again: the sheet says what that costs before it is done.",
        "A second node with the same key signs a block twice and loses the validator for good. Never copy a node's volume, and never start the key elsewhere while this node exists.",
      ],
    },
  ],
};

const SECURITY: Guide = {
  slug: "security",
  title: "Security model",
  lead: "Which secret lives where, who could sign what, and what is written down.",
  sections: [
    {
      id: "keys",
      heading: "Keys",
      paragraphs: [
        "The key of your account stays in your wallet. What it is asked to sign is decoded in your browser from the very bytes, and the browser refuses bytes whose fingerprint is not the announced one.",
        "The consensus key is made by the node's own program in the node's volume and stays there. The database holds its public half alone; neither logs nor pages have ever seen the other.",
        "A browser test wallet is for a local chain. Its words are sealed by a key that the browser does not give out, and can be taken out as an encrypted file or as words under Wallets. The server refuses such a wallet on every other network.",
      ],
    },
    {
      id: "double-signing",
      heading: "Against signing twice",
      paragraphs: [
        "The highest height that a volume has signed for is kept and only grows. Before every start the volume's own sign state is held against it; a lower or a missing one keeps the node down.",
        "A volume whose key is on the chain is never removed, whatever became of the request. One run acts on a node at a time, and work of an older wish is refused.",
      ],
    },
    {
      id: "organisations",
      heading: "Organisations",
      paragraphs: [
        "Everything belongs to one organisation. What belongs to another is answered as what does not exist. Roles are viewer, developer, admin and owner; a token is never stronger than its maker is now.",
        "Sessions and tokens are looked up with every request, so that revoking one counts from the next request on. Kept is a keyed hash, never the token.",
      ],
    },
    {
      id: "audit",
      heading: "Audit log",
      paragraphs: [
        "Every act that matters writes its row in the transaction that does it, chained by hash for each organisation. Owners and admins read, export and verify it under Audit log; the check names the first row that does not fit.",
      ],
    },
    {
      id: "public",
      heading: "What everybody sees",
      paragraphs: [
        "A validator's page at /v/ is off until its organisation publishes it, and answers as nobody's while it is off. Published, it shows what the chain says of the validator and nothing of its node, its region or its organisation; publishing and taking down are in the audit log.",
        "The status page shows parts of the installation and outages of whole networks, never one organisation's validators or words. The figures of the first page are sums over all organisations.",
      ],
    },
  ],
};

const OPERATIONS: Guide = {
  slug: "operations",
  title: "Operations",
  lead: "What runs, what an outage of each part looks like, and what to do.",
  sections: [
    {
      id: "parts",
      heading: "Parts",
      paragraphs: [
        "Web answers pages and the API, in as many copies as you like. The relay sends what was committed to the job engine; the watcher follows each network's blocks and looks at every node; the engine runs durable work. Of each of these one is active, and another may stand by.",
        "SIGTERM drains: a process ends within 25 seconds. Losing a process, an event or all of the job engine costs time, never correctness: sweeps send on its way again what nobody is at.",
      ],
    },
    {
      id: "health",
      heading: "Health",
      paragraphs: [
        "The answer of /api/health names each part with its state, the reason and the age of what is known. It is 503 only where that copy cannot serve. /metrics has the same as figures, for a scraper with the metrics token.",
      ],
      code: 'curl -sS "$ORIGIN/api/health"',
    },
    {
      id: "status",
      heading: "Status page",
      paragraphs: [
        "A look at every part is recorded each minute by the same scheduled job that gives the engine's sign of life, and kept for 90 days. While the engine is away no look comes: the page then says that nobody has looked, not that all is well.",
      ],
    },
    {
      id: "jobs",
      heading: "Job runs",
      paragraphs: [
        "Operators see each run of durable work with its steps, tries and errors under Job runs, cancel it or run it again. A setup that failed can be retried by its owner; what the attempt left is removed first.",
      ],
    },
    {
      id: "backup",
      heading: "Backup",
      paragraphs: [
        "Back up the database, secrets.json and audit-anchors.jsonl. A volume holds a consensus key and its sign state: a copy of it must never run beside the original.",
      ],
    },
  ],
};

/** The guides in the order of the navigation. */
export const GUIDES: readonly Guide[] = [BECOME, SECURITY, OPERATIONS];
