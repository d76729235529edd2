import "server-only";
import { publish, publishAll, stream } from "@/server/kernel/publish";
import { FOLLOW_CHAIN, FOLLOW_LIST, FOLLOW_LOG, FOLLOW_REQUEST, FOLLOW_STORY } from "./following";
import { getNodeHistory } from "./history/get-node-history";
import { beginMachinePairing, confirmMachinePairing } from "./local/pair-machine";
import { proveLocalKey } from "./local/prove-key";
import { getHeartbeat, getHeartbeatHistory, listLocalMachines } from "./local/read-machines";
import { reportHeartbeat } from "./local/report-heartbeat";
import { probeRuntimes } from "./nodes/choose-host";
import { getNode } from "./nodes/get-node";
import { holdNode, releaseNode } from "./nodes/hold-node";
import { listNodes } from "./nodes/list-nodes";
import { getNodeLogs } from "./nodes/node-logs";
import { redeployNode, startNode, stopNode, terminateNode } from "./nodes/request-node-operation";
import { getPublicValidator } from "./public-page/get-public-validator";
import { getReceipts } from "./public-page/get-receipts";
import { setPublicPage } from "./public-page/set-public-page";
import { cancelSetupRequest } from "./requests/cancel-setup-request";
import { changeStake } from "./requests/change-stake";
import { discardDraft, getDraft, saveDraft } from "./requests/drafts";
import { find } from "./requests/find";
import { getCreationRules } from "./requests/get-creation-rules";
import { getOnChain } from "./requests/get-on-chain";
import { getSetupRecord } from "./requests/get-setup-record";
import { getSetupRequest } from "./requests/get-setup-request";
import { listAttention } from "./requests/list-attention";
import { listByWallet } from "./requests/list-by-wallet";
import { listSetupRequests } from "./requests/list-setup-requests";
import { markSetupFailed } from "./requests/mark-setup-failed";
import { prepareTransaction } from "./requests/prepare-transaction";
import { previewStake } from "./requests/preview-stake";
import { quoteSetup } from "./requests/quote-setup";
import { requestSetup } from "./requests/request-setup";
import { retrySetupRequest } from "./requests/retry-setup-request";
import { submitTransaction } from "./requests/submit-transaction";
import { NodeRef, SetupRequestRef } from "./schemas";
import { followSetup } from "./story/follow-setup";
import { listSetupEvents } from "./story/list-setup-events";

/** From the wizard to a running validator, and the operators' doors to every organisation's. */
export const published = publishAll("validators", "Validators", [
  publish(probeRuntimes, { trpc: "probeRuntimes", reads: true, summary: "Which kinds of host take a node now" }),
  publish(getCreationRules, {
    trpc: "getCreationRules",
    reads: true,
    summary: "What the chain demands of a new validator",
  }),
  publish(getDraft, { trpc: "getDraft", summary: "The caller's unfinished wizard" }),
  publish(saveDraft, { trpc: "saveDraft", summary: "Keeps what was entered in the wizard" }),
  publish(discardDraft, { trpc: "discardDraft", summary: "Forgets the unfinished wizard" }),
  publish(find, {
    trpc: "find",
    operators: { trpc: "admin.find" },
    summary: "Validators, setups and nodes by name, id, address or hash",
  }),
  publish(listAttention, {
    trpc: "listAttention",
    reads: true,
    follow: FOLLOW_LIST,
    summary: "What of the validators needs somebody now",
  }),
  publish(quoteSetup, {
    rest: "GET /validators/quote",
    trpc: "quoteSetup",
    summary: "What a setup costs, before anything is spent",
  }),
  publish(previewStake, {
    rest: "GET /validators/stake-preview",
    trpc: "previewStake",
    reads: true,
    summary: "What a self-delegation would come to: spendable coins, fee, rank and voting power",
  }),
  publish(requestSetup, {
    rest: "POST /validators/setup-requests",
    trpc: "requestSetup",
    status: 201,
    summary: "Asks for a validator; provisioning of its node begins at once",
    refuses: [402],
  }),
  publish(changeStake, {
    rest: "POST /validators/setup-requests/{setupRequestId}/stake",
    trpc: "changeStake",
    summary: "Changes the self-delegation of a request that is not signed yet",
  }),
  publish(listSetupRequests, {
    rest: "GET /validators/setup-requests",
    trpc: "listSetupRequests",
    follow: FOLLOW_LIST,
    operators: { rest: ["GET /admin/setup-requests", "GET /setup-requests"], trpc: "admin.listSetupRequests" },
    summary: "Setup requests and validators, newest first",
  }),
  publish(getSetupRequest, {
    rest: "GET /validators/setup-requests/{setupRequestId}",
    trpc: "getSetupRequest",
    follow: FOLLOW_REQUEST,
    operators: { trpc: "admin.getSetupRequest" },
    summary: "One request with its node",
  }),
  publish(getSetupRecord, {
    rest: ["GET /admin/setup-requests/{setupRequestId}", "GET /setup-requests/{setupRequestId}"],
    summary: "One request with its node and its story",
  }),
  stream(getSetupRequest, {
    rest: "GET /validators/setup-requests/{setupRequestId}/events",
    operationId: "followSetupRequest",
    summary: "The request's story as it happens (server-sent events)",
    open: followSetup,
  }),
  publish(listSetupEvents, {
    rest: "GET /validators/setup-requests/{setupRequestId}/history",
    trpc: "listSetupEvents",
    follow: FOLLOW_STORY,
    operators: { rest: "GET /admin/setup-requests/{setupRequestId}/history", trpc: "admin.listSetupEvents" },
    summary: "The request's story so far",
  }),
  publish(getNodeHistory, {
    rest: "GET /validators/setup-requests/{setupRequestId}/node-history",
    trpc: "getNodeHistory",
    operators: {
      rest: "GET /admin/setup-requests/{setupRequestId}/node-history",
      trpc: "admin.getNodeHistory",
    },
    summary: "Processor, memory, disk, lag and peers of the node over time, and misses by cause",
  }),
  publish(prepareTransaction, {
    rest: "POST /validators/setup-requests/{setupRequestId}/tx",
    trpc: "prepareTransaction",
    summary: "Builds the exact transaction to sign",
  }),
  publish(submitTransaction, {
    rest: "POST /validators/setup-requests/{setupRequestId}/broadcast",
    trpc: "submitTransaction",
    status: 202,
    summary: "Takes the signed transaction and brings it to the chain",
  }),
  publish(cancelSetupRequest, {
    rest: "POST /validators/setup-requests/{setupRequestId}/cancel",
    trpc: "cancelSetupRequest",
    operators: {
      rest: ["DELETE /admin/setup-requests/{setupRequestId}", "DELETE /setup-requests/{setupRequestId}"],
      trpc: "admin.cancelSetupRequest",
    },
    summary: "Gives the setup up; node, volume and slot are given back, the row stays as a record",
  }),
  publish(retrySetupRequest, {
    rest: "POST /validators/setup-requests/{setupRequestId}/retry",
    trpc: "retrySetupRequest",
    operators: {
      rest: ["POST /admin/setup-requests/{setupRequestId}/retry", "POST /setup-requests/{setupRequestId}/retry"],
      trpc: "admin.retrySetupRequest",
    },
    summary: "Tries a failed setup again",
  }),
  publish(markSetupFailed, {
    rest: [
      "POST /admin/setup-requests/{setupRequestId}/mark-failed",
      "POST /setup-requests/{setupRequestId}/mark-failed",
    ],
    trpc: "admin.markSetupFailed",
    summary: "Gives an attempt up by hand; what it held is given back",
  }),
  publish(listByWallet, {
    rest: "GET /validators/by-wallet/{address}",
    summary: "Validators of one wallet, with what the chain says of each",
  }),
  publish(setPublicPage, {
    rest: "POST /validators/setup-requests/{setupRequestId}/public-page",
    trpc: "setPublicPage",
    summary: "Shows the validator's page to everybody, or takes it down",
  }),
  publish(getPublicValidator, {
    rest: "GET /validators/public/{operatorAddress}",
    trpc: "getPublicValidator",
    summary: "A validator that its organisation shows to everybody",
  }),
  publish(getReceipts, {
    rest: "GET /receipts",
    trpc: "getReceipts",
    summary: "What this installation did in the last 30 days, measured by its own rows",
  }),
  publish(getOnChain, {
    trpc: "getOnChain",
    reads: true,
    follow: FOLLOW_CHAIN,
    summary: "The validator as the chain shows it now",
  }),
  publish(beginMachinePairing, {
    rest: "POST /validators/setup-requests/{setupRequestId}/pairings",
    trpc: "beginMachinePairing",
    status: 201,
    summary: "A statement to sign that lets a machine of one's own report; good once, for five minutes",
  }),
  publish(confirmMachinePairing, {
    rest: "POST /validators/pairings/confirm",
    trpc: "confirmMachinePairing",
    status: 201,
    summary: "Takes the wallet's signature and gives the machine's token, which is shown once",
  }),
  publish(proveLocalKey, {
    rest: "POST /validators/setup-requests/{setupRequestId}/local-key",
    trpc: "proveLocalKey",
    summary: "Takes the machine's proof of its node's consensus key; the request then waits for the signature",
  }),
  publish(reportHeartbeat, {
    rest: ["POST /validators/heartbeat", "POST /validators/local/heartbeat"],
    rateLimit: "agent",
    summary: "The report of a machine of one's own; commands come with the answer",
  }),
  publish(getHeartbeat, {
    rest: "GET /validators/heartbeat/{pubkey}",
    summary: "The newest report of the node with this consensus key, in base64 or base64url",
  }),
  publish(getHeartbeatHistory, {
    rest: "GET /validators/heartbeat/{pubkey}/history",
    trpc: "getHeartbeatHistory",
    summary: "What the node with this consensus key reported in the last day",
  }),
  publish(listLocalMachines, {
    rest: "GET /validators/local",
    trpc: "listLocalMachines",
    summary: "Machines of one's own that report a node",
  }),
  publish(holdNode, {
    trpc: "admin.holdNode",
    summary: "Keeps a node from being started or replaced by anybody; one that runs goes on",
  }),
  publish(releaseNode, { trpc: "admin.releaseNode", summary: "Lets a node that was held back be started again" }),
  publish(listNodes, {
    rest: ["GET /admin/nodes", "GET /nodes"],
    trpc: "admin.listNodes",
    follow: FOLLOW_LIST,
    summary: "Nodes of every organisation, newest first",
  }),
  publish(getNode, {
    rest: ["GET /admin/nodes/{nodeId}", "GET /nodes/{nodeId}"],
    trpc: "admin.getNode",
    follow: FOLLOW_REQUEST,
    summary: "One node with the request it belongs to",
  }),
  publish(getNodeLogs, {
    rest: "GET /validators/nodes/{nodeId}/logs",
    trpc: "getNodeLogs",
    follow: FOLLOW_LOG,
    operators: { rest: ["GET /admin/nodes/{nodeId}/logs", "GET /nodes/{nodeId}/logs"], trpc: "admin.getNodeLogs" },
    summary: "Last lines of a node's log, oldest first",
  }),
  publish(stopNode, {
    rest: "POST /validators/stop",
    input: SetupRequestRef,
    trpc: "stopNode",
    operators: {
      rest: ["POST /admin/nodes/{nodeId}/stop", "POST /nodes/{nodeId}/stop"],
      input: NodeRef,
      trpc: "admin.stopNode",
    },
    status: 202,
    summary: "Stops the node; every block it misses counts",
  }),
  publish(startNode, {
    rest: "POST /validators/start",
    input: SetupRequestRef,
    trpc: "startNode",
    operators: {
      rest: ["POST /admin/nodes/{nodeId}/start", "POST /nodes/{nodeId}/start"],
      input: NodeRef,
      trpc: "admin.startNode",
    },
    status: 202,
    summary: "Starts a stopped node, after its sign state was checked",
  }),
  publish(redeployNode, {
    rest: "POST /validators/redeploy",
    input: SetupRequestRef,
    trpc: "redeployNode",
    operators: {
      rest: ["POST /admin/nodes/{nodeId}/restart", "POST /nodes/{nodeId}/restart"],
      input: NodeRef,
      trpc: "admin.redeployNode",
    },
    status: 202,
    summary: "Replaces the node; key and sign state stay",
  }),
  publish(terminateNode, {
    rest: "POST /validators/remove-node",
    input: SetupRequestRef,
    trpc: "terminateNode",
    operators: {
      rest: ["POST /admin/nodes/{nodeId}/terminate", "POST /nodes/{nodeId}/terminate"],
      input: NodeRef,
      trpc: "admin.terminateNode",
    },
    status: 202,
    summary: "Removes the node of a validator that is over; its volume with key and sign state stays",
  }),
]);
