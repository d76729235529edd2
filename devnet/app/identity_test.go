package app

import (
	"bytes"
	"testing"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

func TestAddressesCarryThePrefixesOfTheNetwork(t *testing.T) {
	address := bytes.Repeat([]byte{7}, 20)
	for want, got := range map[string]string{
		// The same twenty bytes, so only the prefix and the checksum differ.
		"omni1":        sdk.AccAddress(address).String(),
		"omnivaloper1": sdk.ValAddress(address).String(),
		"omnivalcons1": sdk.ConsAddress(address).String(),
	} {
		if len(got) < len(want) || got[:len(want)] != want {
			t.Errorf("address %s does not start with %s", got, want)
		}
	}

	config := sdk.GetConfig()
	for want, got := range map[string]string{
		"omnipub":        config.GetBech32AccountPubPrefix(),
		"omnivaloperpub": config.GetBech32ValidatorPubPrefix(),
		"omnivalconspub": config.GetBech32ConsensusPubPrefix(),
	} {
		if got != want {
			t.Errorf("public key prefix is %s, want %s", got, want)
		}
	}
}

func TestKeysAreDerivedAtCoinType60(t *testing.T) {
	if got, want := sdk.GetConfig().GetFullBIP44Path(), "m/44'/60'/0'/0/0"; got != want {
		t.Errorf("derivation path is %s, want %s", got, want)
	}
}

func TestOneOMNIIsAMillionBaseUnits(t *testing.T) {
	exponents := map[string]uint32{}
	for _, unit := range DenomMetadata().DenomUnits {
		exponents[unit.Denom] = unit.Exponent
	}
	for denom, want := range map[string]uint32{"omniphi": 0, "mOMNI": 3, "OMNI": 6} {
		if got, ok := exponents[denom]; !ok || got != want {
			t.Errorf("exponent of %s is %d (listed: %t), want %d", denom, got, ok, want)
		}
	}
}
