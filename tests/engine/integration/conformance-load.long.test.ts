import { describeLoad } from "../../support/engine/describe-load";

await describeLoad(1_000);
