/** A call as the scheduler takes it. */
export type CallRow = {
  readonly id: string;
  readonly run_id: string;
  readonly function_id: string;
  readonly step_id: string | null;
  readonly attempt: number;
  readonly generation: number;
  readonly gates: string[];
  readonly throttle_key: string | null;
};

/** A call that this process is executing: `requestId` names this very execution, so that a late answer of an earlier one is recognised. */
export type LeasedCall = CallRow & { readonly requestId: string };
