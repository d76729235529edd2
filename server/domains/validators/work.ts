import "server-only";
import { noteChainNews } from "./work/note-news";
import { operateNode } from "./work/operate-node";
import { provision } from "./work/provision";
import { release } from "./work/release";
import { settleTransaction } from "./work/settle-transaction";

/** The durable work of this domain; the engine's functions, the sweeps and the kill tests are made from this list. */
export const work = [provision, release, operateNode, settleTransaction, noteChainNews] as const;
