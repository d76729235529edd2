/** Names of the events that leave this domain through the outbox; payloads are ids, the organisation and the generation. */
export const VALIDATOR_EVENTS = {
  setupRequested: "validators/setup-request.created",
  setupCancelled: "validators/setup-request.cancelled",
  setupFailed: "validators/setup-request.failed",
  transactionAccepted: "validators/transaction.accepted",
  operationRequested: "validators/node.operation-requested",
} as const;
