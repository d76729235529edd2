/** The part of CometBFT's `priv_validator_state.json` that orders signatures (privval/file.go, v0.38: FilePVLastSignState). */
export type SignWatermark = { readonly height: string; readonly round: number; readonly step: number };

/** Reads the file's text; null when it is truncated, not JSON, or holds a height, round or step that CometBFT would not have written. */
export function parseSignState(text: string): SignWatermark | null;

/** Orders by height, then round, then step, as CheckHRS does; below 0 when `left` is the earlier one. */
export function compareSignStates(left: SignWatermark, right: SignWatermark): number;
