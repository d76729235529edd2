import { describeManyTries } from "../../support/describe-many-tries";

describeManyTries(10_000);
