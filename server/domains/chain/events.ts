/** Names of the events that leave this domain through the outbox; payloads are the network's id and what the name speaks of. */
export const CHAIN_EVENTS = {
  networkRegistered: "chain/network.registered",
  endpointQuarantined: "chain/endpoint.quarantined",
  validatorCreated: "chain/validator.created",
  validatorRemoved: "chain/validator.removed",
  validatorBonded: "chain/validator.bonded",
  validatorLeftSet: "chain/validator.left-set",
  validatorJailed: "chain/validator.jailed",
  validatorUnjailed: "chain/validator.unjailed",
  validatorTombstoned: "chain/validator.tombstoned",
  upgradePlanned: "chain/upgrade.planned",
  upgradeCleared: "chain/upgrade.cleared",
} as const;
