// Package app is a local chain: a Cosmos SDK application that has the identity
// of a real network (prefixes, denom, coin type, command line), Omniphi's where
// the build names no other, and the SDK's own modules, and nothing else.
package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
)

// Identity of the chain. Wallets, addresses and amounts are only valid against
// these values, so they must never differ from the networks that they stand for.
// Another local network is the same code linked with others (-ldflags -X, which
// knows strings alone; devnet/identities.mjs).
var (
	// ChainName is what people call the network.
	ChainName = "Omniphi"
	// AppName is what a node reports as its application name over ABCI.
	AppName = "pos"
	// BinaryName is the daemon's name and, upper-cased, the prefix of its environment variables.
	BinaryName = "posd"

	// AccountPrefix starts every account address; the other prefixes are built from it.
	AccountPrefix = "omni"

	// BaseDenom is the integer unit in which every amount is stored and sent.
	BaseDenom = "omniphi"
	// MilliDenom is worth 10^3 base units.
	MilliDenom = "mOMNI"
	// DisplayDenom is worth 10^6 base units.
	DisplayDenom = "OMNI"

	coinType = "60"
)

const (
	// DisplayExponent is the power of ten between BaseDenom and DisplayDenom.
	DisplayExponent = 6
	// MilliExponent is the power of ten between BaseDenom and MilliDenom.
	MilliExponent = 3
)

// DefaultMinGasPrices is written to app.toml by init; operators may raise it.
var DefaultMinGasPrices = "0.025" + BaseDenom

// CoinType is the SLIP-44 number in m/44'/60'/0'/0/0. Omniphi's is Ethereum's,
// but keys are plain secp256k1, so the 0x form of an address is not the one that
// an Ethereum wallet derives from the same words.
func CoinType() uint32 {
	number, err := strconv.ParseUint(coinType, 10, 31)
	if err != nil {
		panic(fmt.Sprintf("the coin type that this was linked with is no number: %v", err))
	}
	return uint32(number)
}

// DefaultNodeHome is where a node lives when neither --home nor POSD_HOME is given.
var DefaultNodeHome = defaultNodeHome()

func defaultNodeHome() string {
	userHomeDir, err := os.UserHomeDir()
	if err != nil {
		// Without a user there is no home to fall back on (scratch containers set
		// no HOME). A relative path is only ever used when --home is omitted too.
		return "." + AppName
	}
	return filepath.Join(userHomeDir, "."+AppName)
}

// SetIdentity makes the SDK's process-wide settings those of this chain. It must
// run before any address is printed or parsed and before any default genesis is
// made, because both read globals; calling it twice is harmless.
func SetIdentity() {
	config := sdk.GetConfig()
	config.SetBech32PrefixForAccount(AccountPrefix, AccountPrefix+"pub")
	config.SetBech32PrefixForValidator(AccountPrefix+"valoper", AccountPrefix+"valoperpub")
	config.SetBech32PrefixForConsensusNode(AccountPrefix+"valcons", AccountPrefix+"valconspub")
	config.SetCoinType(CoinType())

	// staking, mint and gov take the denom of their default genesis from here.
	sdk.DefaultBondDenom = BaseDenom
}

// DenomMetadata describes the one denom for bank's metadata queries, from which
// SIGN_MODE_TEXTUAL and wallets learn how to display an amount.
func DenomMetadata() banktypes.Metadata {
	return banktypes.Metadata{
		Name:        ChainName,
		Symbol:      DisplayDenom,
		Description: "The staking, fee and governance token of " + ChainName + ".",
		Base:        BaseDenom,
		Display:     DisplayDenom,
		DenomUnits: []*banktypes.DenomUnit{
			{Denom: BaseDenom, Exponent: 0, Aliases: baseAliases()},
			{Denom: MilliDenom, Exponent: MilliExponent},
			{Denom: DisplayDenom, Exponent: DisplayExponent},
		},
	}
}

// baseAliases are other names of Omniphi's base unit; a linked identity has none.
func baseAliases() []string {
	if BaseDenom != "omniphi" {
		return nil
	}
	return []string{"microomni", "uomni"}
}

func init() {
	SetIdentity()
	if err := DenomMetadata().Validate(); err != nil {
		panic(fmt.Sprintf("denom metadata is invalid: %v", err))
	}
}
