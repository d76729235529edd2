import type { GuideSection } from "./guide-section";

/** Sections whose blocks are the manual way begin so; a test runs them in this order on a local chain, just as they stand here. @internal */
export const MANUAL_PREFIX = "manual";

const lines = (...block: readonly string[]): string => block.join("\n");

/** From an empty machine to a validator in the set, by the network's own program alone. */
export const MANUAL_WAY: readonly GuideSection[] = [
  {
    id: "manual",
    heading: "By a node of your own",
    paragraphs: [
      "This is the way without us: a machine of yours, the network's own program, and its command line. You need bash, curl and a machine of the size that the page Join of your network names; open its port 26656 and no other.",
      "Set these from that page first: CHAIN_ID, GENESIS_URL, GENESIS_SHA256, PEERS (node id, @, host and port, separated by commas), RPC (any endpoint), DENOM, GAS_PRICES (the lowest that the network takes, with its denom), PROGRAM_SHA256, and STAKE in base units. MONIKER is the name that everybody will read. Then your own: NODE_HOME (such as ~/.posd), KEYRING (os), P2P_PORT (26656) and RPC_PORT (26657). Begin with bash, so that a shell of its own ends where something fails; the first block stops where a value is missing.",
    ],
    code: lines(
      "set -euo pipefail",
      ': "$CHAIN_ID" "$GENESIS_URL" "$GENESIS_SHA256" "$PEERS" "$RPC" "$DENOM" "$GAS_PRICES" "$PROGRAM_SHA256"',
      ': "$STAKE" "$MONIKER" "$NODE_HOME" "$KEYRING" "$P2P_PORT" "$RPC_PORT"',
    ),
  },
  {
    id: "manual-program",
    heading: "Program",
    paragraphs: [
      "Fetch the release for your machine, put it on your path as posd, and hold it against the SHA-256 of the page before it runs once. What does not match is not the network's program.",
    ],
    code: lines('echo "$PROGRAM_SHA256  $(command -v posd)" | sha256sum --check', 'posd version --home "$NODE_HOME"'),
  },
  {
    id: "manual-init",
    heading: "Node and genesis",
    paragraphs: [
      "The first command makes the node's keys. config/priv_validator_key.json is the consensus key: whoever has it can sign as you, and two nodes with it at once lose the validator for good.",
    ],
    code: lines(
      'posd init "$MONIKER" --chain-id "$CHAIN_ID" --home "$NODE_HOME"',
      'curl -fsS "$GENESIS_URL" -o "$NODE_HOME/config/genesis.json"',
      'echo "$GENESIS_SHA256  $NODE_HOME/config/genesis.json" | sha256sum --check',
      'posd genesis validate --home "$NODE_HOME"',
    ),
  },
  {
    id: "manual-settings",
    heading: "Settings",
    paragraphs: [
      "Peers to begin with, a price below which the node relays nothing, and a look back over ten blocks for signatures of its own key at each start, which keeps a second node with the same key from signing. The profiler is closed.",
    ],
    code: lines(
      'sed -i -E "s|^persistent_peers = .*|persistent_peers = \\"$PEERS\\"|" "$NODE_HOME/config/config.toml"',
      'sed -i -E "s|^double_sign_check_height = .*|double_sign_check_height = 10|" "$NODE_HOME/config/config.toml"',
      'sed -i -E "s|^pprof_laddr = .*|pprof_laddr = \\"\\"|" "$NODE_HOME/config/config.toml"',
      'sed -i -E "s|^minimum-gas-prices = .*|minimum-gas-prices = \\"$GAS_PRICES\\"|" "$NODE_HOME/config/app.toml"',
    ),
  },
  {
    id: "manual-start",
    heading: "Start and catch up",
    paragraphs: [
      "For good the node belongs under a service manager that starts it again after a crash (systemd: Restart=always, LimitNOFILE=65535); to begin with, this is enough. Its RPC listens on this machine alone.",
      "Nothing is staked before the node is in sync: a validator that cannot sign is jailed after the misses that the page Join names.",
    ],
    code: lines(
      'nohup posd start --home "$NODE_HOME" --p2p.laddr "tcp://0.0.0.0:$P2P_PORT" --rpc.laddr "tcp://127.0.0.1:$RPC_PORT" \\',
      '  --grpc.enable=false --api.enable=false > "$NODE_HOME/node.log" 2>&1 &',
      'echo "$!" > "$NODE_HOME/node.pid"',
      'until curl -fsS "http://127.0.0.1:$RPC_PORT/status" | grep -q \'"catching_up": *false\'; do sleep 2; done',
    ),
  },
  {
    id: "manual-account",
    heading: "Account",
    paragraphs: [
      "This key owns the validator and its stake. Write the words that are shown down on paper; they are shown once. Then send the address your stake and a fee: on a test network from the faucet of the page Join.",
    ],
    code: lines(
      'posd keys add operator --keyring-backend "$KEYRING" --home "$NODE_HOME"',
      'posd keys show operator --address --keyring-backend "$KEYRING" --home "$NODE_HOME"',
    ),
  },
  {
    id: "manual-create",
    heading: "Create the validator",
    paragraphs: [
      "The two limits of the commission are for ever. No ceremony and no genesis transaction is needed: the chain runs, and this transaction joins it.",
    ],
    code: lines(
      'cat > "$NODE_HOME/validator.json" <<JSON',
      "{",
      '  "pubkey": $(posd comet show-validator --home "$NODE_HOME"),',
      '  "amount": "$STAKE$DENOM",',
      '  "moniker": "$MONIKER",',
      '  "identity": "", "website": "", "security": "", "details": "",',
      '  "commission-rate": "0.1", "commission-max-rate": "0.2", "commission-max-change-rate": "0.01",',
      '  "min-self-delegation": "1"',
      "}",
      "JSON",
      'posd tx staking create-validator "$NODE_HOME/validator.json" --from operator --chain-id "$CHAIN_ID" --node "$RPC" \\',
      '  --gas auto --gas-adjustment 1.5 --gas-prices "$GAS_PRICES" --keyring-backend "$KEYRING" --home "$NODE_HOME" --yes',
    ),
  },
  {
    id: "manual-check",
    heading: "See that it signs",
    paragraphs: [
      "The chain shows the validator within two blocks, and bonded once its stake is among the highest of the set. From then on its page in the explorer here counts every block that it signs or misses.",
      "Jailed for missing blocks, and in sync again: posd tx slashing unjail --from operator, with the same options as above. Back up config/priv_validator_key.json and data/priv_validator_state.json together, and restore neither while any node with that key may run.",
    ],
    code: lines(
      'OPERATOR="$(posd keys show operator --bech val --address --keyring-backend "$KEYRING" --home "$NODE_HOME")"',
      'until posd query staking validator "$OPERATOR" --node "$RPC" --output json --home "$NODE_HOME" | grep -q BOND_STATUS_BONDED',
      "do sleep 2; done",
      'posd query slashing signing-info "$(posd comet show-validator --home "$NODE_HOME")" --node "$RPC" --home "$NODE_HOME"',
    ),
  },
];
