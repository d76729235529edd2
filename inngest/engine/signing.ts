/** The surface for whoever takes calls of a job server: how they are signed. */
export { canonicalJson } from "./protocol/canonical-json";
export { isSignedBy } from "./protocol/signature";
