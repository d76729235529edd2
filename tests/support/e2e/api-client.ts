import { randomUUID } from "node:crypto";
import { Secp256k1HdWallet } from "@cosmjs/amino";
import { stringToPath } from "@cosmjs/crypto";
import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";

const HD_PATHS = [stringToPath("m/44'/60'/0'/0/0")];

/** A person with a wallet made by @cosmjs alone and a bearer token, who talks REST. */
export type ApiPerson = {
  readonly address: string;
  readonly pubkeyBase64: string;
  call<T = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T>;
  signDirect(prepared: {
    bodyBytes: string;
    authInfoBytes: string;
    chainId: string;
    accountNumber: string;
  }): Promise<string>;
};

export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, body: { code?: string; detail?: string }) {
    super(`${status} ${body.code}: ${body.detail}`);
    this.status = status;
    this.code = body.code ?? "";
  }
}

async function ask<T>(
  baseUrl: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<T> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === "" ? {} : JSON.parse(text);
  if (!response.ok) throw new ApiRefusal(response.status, parsed as { code?: string; detail?: string });
  return parsed as T;
}

/** Makes a wallet, answers the challenge with an ADR-036 signature made by @cosmjs, and keeps the bearer token. */
export async function signInByApi(baseUrl: string): Promise<ApiPerson> {
  const direct = await DirectSecp256k1HdWallet.generate(24, { prefix: "omni", hdPaths: HD_PATHS });
  const amino = await Secp256k1HdWallet.fromMnemonic(direct.mnemonic, { prefix: "omni", hdPaths: HD_PATHS });
  const [account] = await direct.getAccounts();
  if (!account) throw new Error("wallet without account");
  const challenge = await ask<{ nonce: string; messageToSign: string }>(
    baseUrl,
    "GET",
    `/api/v1/auth/challenge/${account.address}`,
    undefined,
    {},
  );
  const { signature } = await amino.signAmino(account.address, {
    chain_id: "",
    account_number: "0",
    sequence: "0",
    fee: { gas: "0", amount: [] },
    msgs: [
      {
        type: "sign/MsgSignData",
        value: { signer: account.address, data: toBase64(new TextEncoder().encode(challenge.messageToSign)) },
      },
    ],
    memo: "",
  });
  const tokens = await ask<{ accessToken: string }>(
    baseUrl,
    "POST",
    "/api/v1/auth/token",
    {
      walletAddress: account.address,
      pubkey: signature.pub_key.value,
      signature: signature.signature,
      nonce: challenge.nonce,
    },
    {},
  );
  return {
    address: account.address,
    pubkeyBase64: toBase64(account.pubkey),
    call: (method, path, body, headers = {}) =>
      ask(baseUrl, method, path, body, {
        authorization: `Bearer ${tokens.accessToken}`,
        ...(method === "POST" ? { "idempotency-key": randomUUID() } : {}),
        ...headers,
      }),
    signDirect: async (prepared) => {
      const answer = await direct.signDirect(account.address, {
        bodyBytes: fromBase64(prepared.bodyBytes),
        authInfoBytes: fromBase64(prepared.authInfoBytes),
        chainId: prepared.chainId,
        accountNumber: BigInt(prepared.accountNumber),
      });
      return toBase64(
        TxRaw.encode({
          bodyBytes: answer.signed.bodyBytes,
          authInfoBytes: answer.signed.authInfoBytes,
          signatures: [fromBase64(answer.signature.signature)],
        }).finish(),
      );
    },
  };
}
