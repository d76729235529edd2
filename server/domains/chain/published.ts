import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { getChainStatus } from "./blocks/get-chain-status";
import { getChainTip } from "./blocks/get-chain-tip";
import { getNetworkPulse } from "./blocks/get-network-pulse";
import { getSigningGrid, getSigningStrips } from "./blocks/signing-history";
import { find } from "./find";
import { FOLLOW_BLOCKS, FOLLOW_MIRROR, FOLLOW_RECORDS } from "./following";
import { getUptimeCalendar } from "./history/get-uptime-calendar";
import { getValidatorHistory } from "./history/get-validator-history";
import { getChainValidator, listChainValidators } from "./mirror/chain-validators";
import { getMissBudget } from "./mirror/get-miss-budget";
import { getNetworkParams } from "./mirror/get-network-params";
import { listChainEvents } from "./mirror/list-chain-events";
import { checkNetwork } from "./networks/check-network";
import { requestDrip } from "./networks/drip-faucet";
import { releaseEndpoint } from "./networks/endpoint-standing";
import { getLocalnetStatus } from "./networks/get-localnet-status";
import { getNetworkRecord } from "./networks/get-network-record";
import { getRegistryFile } from "./networks/get-registry-file";
import { getNetwork, listNetworks } from "./networks/read-networks";
import { readRegistry } from "./networks/read-registry";
import { registerNetwork } from "./networks/register-network";
import { retireNetwork } from "./networks/retire-network";

/** Chains that validators can be made for, and what the watcher recorded of them. */
export const published = publishAll("chain", "Networks", [
  publish(listNetworks, {
    rest: "GET /networks",
    asPage: true,
    trpc: "listNetworks",
    follow: FOLLOW_RECORDS,
    summary: "All networks, the default one first",
  }),
  publish(getNetwork, {
    rest: "GET /networks/{networkId}",
    trpc: "getNetwork",
    summary: "One network, by our id or its chain id",
  }),
  publish(find, {
    trpc: "find",
    summary: "Blocks, validators of the chain and transactions by height, hash, address or name",
  }),
  publish(getNetworkPulse, {
    trpc: "getNetworkPulse",
    follow: FOLLOW_BLOCKS,
    summary: "The newest blocks as the whole set signed them",
  }),
  publish(getLocalnetStatus, {
    trpc: "getLocalnetStatus",
    reads: true,
    summary: "How far this machine's own chain is",
  }),
  publish(getChainTip, {
    trpc: "getChainTip",
    follow: FOLLOW_BLOCKS,
    summary: "The newest block of a network, and whether the chain can be asked",
  }),
  publish(getChainStatus, {
    rest: "GET /networks/{networkId}/status",
    summary: "How far the chain is read, its block time and its endpoints",
  }),
  publish(getSigningGrid, {
    rest: "GET /networks/{networkId}/signing-grid",
    trpc: "getSigningGrid",
    follow: FOLLOW_BLOCKS,
    summary: "The newest blocks as one validator lived them",
  }),
  publish(getSigningStrips, {
    trpc: "getSigningStrips",
    follow: FOLLOW_BLOCKS,
    summary: "The newest blocks as several validators lived them",
  }),
  publish(getMissBudget, {
    rest: "GET /networks/{networkId}/miss-budget",
    trpc: "getMissBudget",
    follow: FOLLOW_MIRROR,
    summary: "Misses that a validator has left before it is jailed",
  }),
  publish(getNetworkParams, {
    rest: "GET /networks/{networkId}/params",
    trpc: "getNetworkParams",
    summary: "What the chain demands of its validators, as it was last read",
  }),
  publish(getRegistryFile, {
    rest: "GET /networks/{networkId}/chain-registry",
    trpc: "getRegistryFile",
    summary: "The network as a chain.json of the chain registry",
  }),
  publish(listChainValidators, {
    rest: "GET /networks/{networkId}/validators",
    trpc: "listChainValidators",
    summary: "Validators of a network with rank and share, by stake or by name",
  }),
  publish(getChainValidator, {
    rest: "GET /networks/{networkId}/validators/{operatorAddress}",
    trpc: "getChainValidator",
    summary: "One validator of a network as the chain last showed it",
  }),
  publish(getValidatorHistory, {
    rest: "GET /networks/{networkId}/validators/{operatorAddress}/history",
    trpc: "getValidatorHistory",
    summary: "Stake, rank, commission and misses of a validator over a day, a week or a month",
  }),
  publish(getUptimeCalendar, {
    rest: "GET /networks/{networkId}/uptime-calendar",
    trpc: "getUptimeCalendar",
    summary: "Blocks that a validator signed and missed, day by day",
  }),
  publish(listChainEvents, { trpc: "listChainEvents", summary: "What the watcher noted of a network, newest first" }),
  publish(requestDrip, {
    rest: "POST /faucet",
    trpc: "requestDrip",
    rateLimit: "faucet",
    summary: "Test coins on a localnet",
  }),
  publish(readRegistry, {
    rest: "POST /networks/registry-proposal",
    trpc: "readRegistry",
    summary: "A network's record as its files of the chain registry tell it",
  }),
  publish(checkNetwork, {
    rest: "POST /networks/check",
    trpc: "checkNetwork",
    summary: "Holds a network's record against the chain itself, before it is kept",
  }),
  publish(registerNetwork, {
    rest: "POST /networks",
    trpc: "registerNetwork",
    summary: "Adds or changes a network; the same chain id is the same network",
  }),
  publish(getNetworkRecord, {
    rest: "GET /networks/{networkId}/record",
    trpc: "getNetworkRecord",
    summary: "A network with its whole record",
  }),
  publish(retireNetwork, {
    rest: "POST /networks/{networkId}/retire",
    trpc: "retireNetwork",
    summary: "Takes a network off the offer",
  }),
  publish(releaseEndpoint, { trpc: "releaseEndpoint", summary: "Takes an endpoint back into use" }),
]);
