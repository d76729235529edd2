import { describeQueue } from "../../support/engine/describe-queue";

await describeQueue({ count: 1_000, stopsAfter: [200, 600] });
