import { randomBytes } from "node:crypto";
import { defineCommand } from "@/server/kernel/verbs";
import { LOGIN_NONCE_TTL_SECONDS } from "../constants";
import { IssueLoginNonceInput } from "../schemas";
import { insertLoginNonce } from "./repository";
import { signInStatement } from "./sign-in-statement";
import { canonicalAddress } from "./wallet-address";

/**
 * Makes a statement for the address to sign: 128 random bits, good once and for five minutes. Says nothing of whether the address is known.
 * @throws invalid identity.wallet_address_invalid
 */
export const issueLoginNonce = defineCommand({
  verb: "identity.issue-login-nonce",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  // Nobody acts on a statement until it is answered, and answering is audited.
  telemetry: true,
  input: IssueLoginNonceInput,
  run: async (ctx, input) => {
    const address = canonicalAddress(input.address, input.accountPrefix);
    const nonce = randomBytes(16).toString("hex");
    const expiresAt = new Date(ctx.now.getTime() + LOGIN_NONCE_TTL_SECONDS * 1000);
    const message = signInStatement({ ...input, address, nonce, issuedAt: ctx.now, expiresAt });
    await insertLoginNonce(ctx.tx, {
      nonce,
      address,
      accountPrefix: input.accountPrefix,
      message,
      createdAt: ctx.now,
      expiresAt,
    });
    return { nonce, messageToSign: message, expiresAt: expiresAt.toISOString() };
  },
});
