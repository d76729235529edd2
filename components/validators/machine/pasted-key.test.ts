import { expect, it } from "vitest";
import { pastedKey } from "./pasted-key";

const KEY = "LCmdZjGVcU6tT4c9cIhJ9tJp2k5pVq3yQf0m1vS8w7A=";

it.each([
  ["the JSON of show-validator", `{"@type":"/cosmos.crypto.ed25519.PubKey","key":"${KEY}"}\n`, { key: KEY }],
  ["the base64 alone", ` ${KEY} `, { key: KEY }],
  [
    "a key file with its private part",
    `{"pub_key":{"value":"${KEY}"},"priv_key":{"type":"tendermint/PrivKeyEd25519"}}`,
    "private",
  ],
  ["another length", "AAAA", null],
  ["JSON without a key", "{}", null],
  ["nothing", "", null],
])("reads %s", (_name, text, expected) => {
  expect(pastedKey(text)).toEqual(expected);
});
