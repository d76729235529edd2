import "server-only";
import { published as signIn } from "@/server/auth/published";
import { domains } from "@/server/domains/domains";

/** All that is published, by domain: REST, tRPC, the documentation and the authorization tests are made from it. */
export const PUBLISHED = [...domains.map(({ published }) => published), signIn];
