import "server-only";
import { sendTransaction } from "./work/send-transaction";

/** The durable work of this domain; the engine's functions, the sweeps and the kill tests are made from this list. */
export const work = [sendTransaction] as const;
