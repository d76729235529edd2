package app

import (
	"encoding/json"
	"strings"
	"testing"

	"cosmossdk.io/log"
	dbm "github.com/cosmos/cosmos-db"

	"github.com/cosmos/cosmos-sdk/client/flags"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// appOptions stands in for the flags and files that a node reads.
type appOptions map[string]any

func (options appOptions) Get(name string) any { return options[name] }

func newTestApp(t *testing.T) *App {
	t.Helper()
	options := appOptions{flags.FlagHome: t.TempDir()}
	return New(log.NewNopLogger(), dbm.NewMemDB(), nil, true, options)
}

func TestDefaultGenesisKnowsOnlyTheDenomOfTheNetwork(t *testing.T) {
	app := newTestApp(t)
	genesis := app.DefaultGenesis()

	var bank banktypes.GenesisState
	app.codec.MustUnmarshalJSON(genesis[banktypes.ModuleName], &bank)
	if len(bank.DenomMetadata) != 1 || bank.DenomMetadata[0].Base != BaseDenom {
		t.Errorf("denom metadata is %v", bank.DenomMetadata)
	}

	var staking stakingtypes.GenesisState
	app.codec.MustUnmarshalJSON(genesis[stakingtypes.ModuleName], &staking)
	if staking.Params.BondDenom != BaseDenom {
		t.Errorf("bond denom is %s", staking.Params.BondDenom)
	}

	var mint minttypes.GenesisState
	app.codec.MustUnmarshalJSON(genesis[minttypes.ModuleName], &mint)
	if mint.Params.MintDenom != BaseDenom {
		t.Errorf("mint denom is %s", mint.Params.MintDenom)
	}

	var gov govtypes.GenesisState
	app.codec.MustUnmarshalJSON(genesis["gov"], &gov)
	if gov.Params.MinDeposit[0].Denom != BaseDenom {
		t.Errorf("deposit denom is %s", gov.Params.MinDeposit[0].Denom)
	}

	if whole, err := json.Marshal(genesis); err != nil || strings.Contains(string(whole), `"stake"`) {
		t.Errorf("the SDK's placeholder denom is left in the default genesis (%v)", err)
	}
}

func TestEveryModuleOfTheNetworkIsPresent(t *testing.T) {
	app := newTestApp(t)
	for _, name := range []string{
		"auth", "authz", "bank", "consensus", "distribution", "evidence", "feegrant",
		"genutil", "gov", "mint", "slashing", "staking", "upgrade",
	} {
		if _, ok := app.ModuleManager.Modules[name]; !ok {
			t.Errorf("module %s is missing", name)
		}
	}
}

func TestOnlyUpgradesOfThisBuildHaveAHandler(t *testing.T) {
	app := newTestApp(t)
	if got := app.upgradeKeeper.HasHandler("v2"); got != wantsV2Handler {
		t.Errorf("handler of plan v2 is present: %t, want %t", got, wantsV2Handler)
	}
	if app.upgradeKeeper.HasHandler("v3") {
		t.Error("a plan that no build knows has a handler")
	}
}

func TestExportForHeightZeroIsRefused(t *testing.T) {
	if _, err := newTestApp(t).Export(true, nil); err == nil {
		t.Error("export for height zero did not fail")
	}
}
