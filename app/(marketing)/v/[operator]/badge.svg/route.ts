import { standingJudgement } from "@/components/state/judgements";
import { badgeHandler } from "@/server/http/handle-badge";

export const dynamic = "force-dynamic";

const handle = badgeHandler(standingJudgement);

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
