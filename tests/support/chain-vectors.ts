/**
 * Known answers, computed apart from this code base from the published algorithms (BIP-32, BIP-39, BIP-173, SEC 2, protobuf encoding), so that
 * builder and decoder are both held against something that neither of them made.
 */
export const CHAIN_VECTORS = {
  mnemonic: "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
  hdPath: "m/44'/60'/0'/0/0",
  privateKeyHex: "1ab42cc412b618bdea3a599e3c9bae199ebf030895b039e9db1e30dafb12b727",
  pubkeyBase64: "Ajewu3qCiNOO1JpSS13JjP8+tcqCTJ+dwN/bPZzWAPKZ",
  addressHex: "4418d0b4d9c1ef0e53dfb99143677e1e52354622",
  accountAddress: "omni1gsvdpdxec8hsu57lhxg5xem7refr233zvmy80q",
  operatorAddress: "omnivaloper1gsvdpdxec8hsu57lhxg5xem7refr233z2c0qcj",
  consensusPubkeyBase64: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
  consensusAddressHex: "630DCD2966C4336691125448BBB25B4FF412A49C",
  consensusAddress: "omnivalcons1vvxu62txcsekdygj23ythvjmfl6p9fyuht6dkl",
  /** SignDoc of one MsgCreateValidator: chain omniphi-localnet-1, account 12, sequence 3, memo hello, fee 7500omniphi, gas 300000. */
  createValidatorSignDocHex:
    "0ad3020ac9020a2a2f636f736d6f732e7374616b696e672e763162657461312e4d736743726561746556616c696461746f72129a020a450a0a476f6c64656e206f6e651a1368747470733a2f2f6578616d706c652e6f7267220f6f7073406578616d706c652e6f72672a114669727374206f6620697473206b696e64123b0a1231303030303030303030303030303030303012123230303030303030303030303030303030301a1131303030303030303030303030303030301a07313030303030302a326f6d6e6976616c6f706572316773766470647865633868737535376c6878673578656d37726566723233337a32633071636a32430a1d2f636f736d6f732e63727970746f2e656432353531392e5075624b657912220a20000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f3a120a076f6d6e69706869120731353030303030120568656c6c6f12690a500a460a1f2f636f736d6f732e63727970746f2e736563703235366b312e5075624b657912230a210237b0bb7a8288d38ed49a524b5dc98cff3eb5ca824c9f9dc0dfdb3d9cd600f29912040a020801180312150a0f0a076f6d6e6970686912043735303010e0a7121a126f6d6e697068692d6c6f63616c6e65742d31200c",
  createValidatorFingerprint: "ARXZ-RD5R-23RB-HKQ2",
  /** The same as amino sign bytes. */
  createValidatorAminoJson:
    '{"account_number":"12","chain_id":"omniphi-localnet-1","fee":{"amount":[{"amount":"7500","denom":"omniphi"}],"gas":"300000"},"memo":"hello","msgs":[{"type":"cosmos-sdk/MsgCreateValidator","value":{"commission":{"max_change_rate":"0.010000000000000000","max_rate":"0.200000000000000000","rate":"0.100000000000000000"},"description":{"details":"First of its kind","moniker":"Golden one","security_contact":"ops@example.org","website":"https://example.org"},"min_self_delegation":"1000000","pubkey":{"type":"tendermint/PubKeyEd25519","value":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},"validator_address":"omnivaloper1gsvdpdxec8hsu57lhxg5xem7refr233z2c0qcj","value":{"amount":"1500000","denom":"omniphi"}}}],"sequence":"3"}',
} as const;
