import { describe, expect, it } from "vitest";
import { nodeConfigEdits, peerMoniker } from "./node-config";

const ID = "a".repeat(40);
const INPUT = {
  chainId: "omniphi-localnet-1",
  moniker: '"; reboot #',
  persistentPeers: [`${ID}@127.0.0.1:26656`],
  seeds: [],
  minimumGasPrices: "0.025omniphi",
  listeners: {
    rpcUrl: "tcp://127.0.0.1:1",
    p2pUrl: "tcp://0.0.0.0:2",
    metricsAddress: "127.0.0.1:3",
  },
};

function editedValue(
  input: Parameters<typeof nodeConfigEdits>[0],
  file: "config.toml" | "app.toml" | "client.toml",
  name: string,
) {
  const [section, key] = name.includes(".") ? name.split(".") : ["", name];
  return nodeConfigEdits(input)[file].find((edit) => edit.section === section && edit.key === key)?.value;
}

describe("nodeConfigEdits", () => {
  it.each([
    ["config.toml", "moniker", '"\\"; reboot #"'],
    ["config.toml", "rpc.laddr", '"tcp://127.0.0.1:1"'],
    ["config.toml", "rpc.pprof_laddr", '""'],
    ["config.toml", "p2p.laddr", '"tcp://0.0.0.0:2"'],
    ["config.toml", "p2p.pex", "false"],
    ["config.toml", "p2p.allow_duplicate_ip", "true"],
    ["config.toml", "statesync.enable", "false"],
    ["config.toml", "consensus.double_sign_check_height", "10"],
    ["config.toml", "tx_index.indexer", '"null"'],
    ["config.toml", "instrumentation.prometheus", "true"],
    ["config.toml", "instrumentation.namespace", '"cometbft"'],
    ["app.toml", "minimum-gas-prices", '"0.025omniphi"'],
    ["app.toml", "pruning", '"custom"'],
    ["app.toml", "pruning-keep-recent", '"100"'],
    ["app.toml", "pruning-interval", '"10"'],
    ["app.toml", "api.enable", "false"],
    ["app.toml", "grpc.enable", "false"],
    ["client.toml", "keyring-backend", '"file"'],
  ] as const)("%s sets %s to %s", (file, name, value) => {
    expect(editedValue(INPUT, file, name)).toBe(value);
  });

  it("gossips addresses on a public network", () => {
    const open = { ...INPUT, seeds: [`${ID}@seed.example.org:26656`] };
    expect(editedValue(open, "config.toml", "p2p.pex")).toBe("true");
    expect(editedValue(open, "config.toml", "p2p.addr_book_strict")).toBe("true");
    expect(editedValue(open, "config.toml", "p2p.allow_duplicate_ip")).toBe("false");
  });

  it("turns state sync on with a trusted checkpoint only", () => {
    const stateSync = { rpcServers: ["https://a:443", "https://b:443"], trustHeight: "42", trustHash: "AB" };
    expect(editedValue({ ...INPUT, stateSync }, "config.toml", "statesync.enable")).toBe("true");
    expect(editedValue({ ...INPUT, stateSync }, "config.toml", "statesync.trust_height")).toBe("42");
    expect(editedValue({ ...INPUT, stateSync }, "config.toml", "statesync.rpc_servers")).toBe(
      '"https://a:443,https://b:443"',
    );
  });

  it("takes over the network's pace where it is known, and leaves the binary's own where not", () => {
    const consensusTimeouts = { proposeMs: 1_000, proposeDeltaMs: 250, voteMs: 500, voteDeltaMs: 250, commitMs: 900 };
    expect(editedValue({ ...INPUT, consensusTimeouts }, "config.toml", "consensus.timeout_commit")).toBe('"900ms"');
    expect(editedValue({ ...INPUT, consensusTimeouts }, "config.toml", "consensus.timeout_precommit")).toBe('"500ms"');
    expect(editedValue(INPUT, "config.toml", "consensus.timeout_commit")).toBeUndefined();
  });

  it("refuses a peer that is no address, by name", () => {
    expect(() => nodeConfigEdits({ ...INPUT, seeds: ["nonsense"] })).toThrow("seeds");
  });
});

describe("peerMoniker", () => {
  it.each([
    ["Plain name", "Plain name"],
    ['"; reboot #', '"; reboot #'],
    ["Zürich", "Z?rich"],
    ["tab\there", "tab?here"],
    ["   ", "validator"],
    ["💎", "?"],
  ])("turns %j into %j", (moniker, expected) => {
    expect(peerMoniker(moniker)).toBe(expected);
  });
});
