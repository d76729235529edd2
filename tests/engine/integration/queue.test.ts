import { describeQueue } from "../../support/engine/describe-queue";

await describeQueue({ count: 300, stopsAfter: [60, 150] });
