import type { SignWatermark } from "@/lib/node-config/sign-state.mjs";

type SignProblem =
  | "key_missing"
  | "private_key_exposed"
  | "sign_state_missing"
  | "sign_state_invalid"
  | "sign_state_regressed";

/** The volume's sign state as its node wrote it, or why it cannot be read. */
export function readSignState(
  volumeDir: string,
):
  | { state: SignWatermark; problem?: undefined }
  | { state?: undefined; problem: "sign_state_missing" | "sign_state_invalid" };

/**
 * Whether a node may start on this volume: its key is there and private, and its sign state is readable and not below the highest one ever
 * seen here, which is kept beside the home and raised by this call. The key file is never opened.
 */
export function checkSigner(
  volumeDir: string,
): { state: SignWatermark; problem?: undefined } | { state?: undefined; problem: SignProblem };
