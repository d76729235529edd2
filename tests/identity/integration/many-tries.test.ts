import { describeManyTries } from "../../support/describe-many-tries";

describeManyTries(200);
