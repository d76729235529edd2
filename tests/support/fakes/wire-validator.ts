type WireValidator = {
  readonly operatorAddress: string;
  /** In base64. */
  readonly pubkey: string;
  readonly moniker: string;
  readonly tokens: string;
  readonly details?: string;
  readonly commissionSetAt: string;
};

/** A bonded validator as the staking module's REST writes it. */
export const wireValidator = ({
  operatorAddress,
  pubkey,
  moniker,
  tokens,
  details = "",
  commissionSetAt,
}: WireValidator) => ({
  operator_address: operatorAddress,
  consensus_pubkey: { "@type": "/cosmos.crypto.ed25519.PubKey", key: pubkey },
  jailed: false,
  status: "BOND_STATUS_BONDED",
  tokens,
  delegator_shares: `${tokens}.000000000000000000`,
  description: { moniker, identity: "", website: "", security_contact: "", details },
  unbonding_height: "0",
  unbonding_time: "1970-01-01T00:00:00Z",
  commission: {
    commission_rates: {
      rate: "0.100000000000000000",
      max_rate: "0.200000000000000000",
      max_change_rate: "0.010000000000000000",
    },
    update_time: commissionSetAt,
  },
  min_self_delegation: "1",
});
