package app

import (
	"encoding/json"

	runtimev1alpha1 "cosmossdk.io/api/cosmos/app/runtime/v1alpha1"
	appv1alpha1 "cosmossdk.io/api/cosmos/app/v1alpha1"
	authmodulev1 "cosmossdk.io/api/cosmos/auth/module/v1"
	authzmodulev1 "cosmossdk.io/api/cosmos/authz/module/v1"
	bankmodulev1 "cosmossdk.io/api/cosmos/bank/module/v1"
	consensusmodulev1 "cosmossdk.io/api/cosmos/consensus/module/v1"
	distributionmodulev1 "cosmossdk.io/api/cosmos/distribution/module/v1"
	evidencemodulev1 "cosmossdk.io/api/cosmos/evidence/module/v1"
	feegrantmodulev1 "cosmossdk.io/api/cosmos/feegrant/module/v1"
	genutilmodulev1 "cosmossdk.io/api/cosmos/genutil/module/v1"
	govmodulev1 "cosmossdk.io/api/cosmos/gov/module/v1"
	mintmodulev1 "cosmossdk.io/api/cosmos/mint/module/v1"
	slashingmodulev1 "cosmossdk.io/api/cosmos/slashing/module/v1"
	stakingmodulev1 "cosmossdk.io/api/cosmos/staking/module/v1"
	txconfigv1 "cosmossdk.io/api/cosmos/tx/config/v1"
	upgrademodulev1 "cosmossdk.io/api/cosmos/upgrade/module/v1"
	"cosmossdk.io/core/appconfig"
	"cosmossdk.io/depinject"
	_ "cosmossdk.io/x/evidence" // registers the module with appconfig
	evidencetypes "cosmossdk.io/x/evidence/types"
	"cosmossdk.io/x/feegrant"
	_ "cosmossdk.io/x/feegrant/module" // registers the module with appconfig
	_ "cosmossdk.io/x/upgrade"         // registers the module with appconfig
	upgradetypes "cosmossdk.io/x/upgrade/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/types/module"
	_ "github.com/cosmos/cosmos-sdk/x/auth"           // registers the module with appconfig
	_ "github.com/cosmos/cosmos-sdk/x/auth/tx/config" // registers signing and the ante handler
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	_ "github.com/cosmos/cosmos-sdk/x/authz/module" // registers the module with appconfig
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	_ "github.com/cosmos/cosmos-sdk/x/consensus" // registers the module with appconfig
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	_ "github.com/cosmos/cosmos-sdk/x/distribution" // registers the module with appconfig
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	_ "github.com/cosmos/cosmos-sdk/x/gov" // registers the module with appconfig
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	_ "github.com/cosmos/cosmos-sdk/x/mint" // registers the module with appconfig
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	_ "github.com/cosmos/cosmos-sdk/x/slashing" // registers the module with appconfig
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	_ "github.com/cosmos/cosmos-sdk/x/staking" // registers the module with appconfig
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// moduleAccounts are the accounts that belong to modules, with what each may do
// to the supply. A module that moves coins without being listed panics.
var moduleAccounts = []*authmodulev1.ModuleAccountPermission{
	{Account: authtypes.FeeCollectorName},
	{Account: distributiontypes.ModuleName},
	{Account: minttypes.ModuleName, Permissions: []string{authtypes.Minter}},
	{Account: stakingtypes.BondedPoolName, Permissions: []string{authtypes.Burner, authtypes.Staking}},
	{Account: stakingtypes.NotBondedPoolName, Permissions: []string{authtypes.Burner, authtypes.Staking}},
	{Account: govtypes.ModuleName, Permissions: []string{authtypes.Burner}},
}

// blockedAccounts cannot receive a plain transfer: coins sent there would be
// lost or break the module's invariants. gov is absent on purpose, since
// proposals may fund it.
var blockedAccounts = []string{
	authtypes.FeeCollectorName,
	distributiontypes.ModuleName,
	minttypes.ModuleName,
	stakingtypes.BondedPoolName,
	stakingtypes.NotBondedPoolName,
}

// runtimeConfig fixes the order in which modules act. What is not obvious:
// upgrade comes before everything, so that a node without the handler halts
// before any state of the new height is written; mint precedes distribution,
// which hands out what was minted; slashing follows distribution so that a
// slashed validator has already been paid for the last height; genutil follows
// staking and auth at genesis, as it delivers transactions that need both.
var runtimeConfig = &runtimev1alpha1.Module{
	AppName:     AppName,
	PreBlockers: []string{upgradetypes.ModuleName, authtypes.ModuleName},
	BeginBlockers: []string{
		minttypes.ModuleName,
		distributiontypes.ModuleName,
		slashingtypes.ModuleName,
		evidencetypes.ModuleName,
		stakingtypes.ModuleName,
		authz.ModuleName,
	},
	EndBlockers: []string{
		govtypes.ModuleName,
		stakingtypes.ModuleName,
		feegrant.ModuleName,
	},
	InitGenesis: []string{
		authtypes.ModuleName,
		banktypes.ModuleName,
		distributiontypes.ModuleName,
		stakingtypes.ModuleName,
		slashingtypes.ModuleName,
		govtypes.ModuleName,
		minttypes.ModuleName,
		genutiltypes.ModuleName,
		evidencetypes.ModuleName,
		authz.ModuleName,
		feegrant.ModuleName,
		upgradetypes.ModuleName,
		consensustypes.ModuleName,
	},
	// auth keeps its accounts in a store that is still called "acc".
	OverrideStoreKeys: []*runtimev1alpha1.StoreKeyConfig{
		{ModuleName: authtypes.ModuleName, KvStoreKey: authtypes.StoreKey},
	},
}

// Config is the whole application as data; depinject turns it into keepers,
// codecs and handlers both for the node and for the command line.
func Config() depinject.Config {
	modules := []struct {
		name   string
		config proto.Message
	}{
		{runtime.ModuleName, runtimeConfig},
		{authtypes.ModuleName, &authmodulev1.Module{
			Bech32Prefix:             AccountPrefix,
			ModuleAccountPermissions: moduleAccounts,
		}},
		{banktypes.ModuleName, &bankmodulev1.Module{BlockedModuleAccountsOverride: blockedAccounts}},
		{stakingtypes.ModuleName, &stakingmodulev1.Module{}},
		{slashingtypes.ModuleName, &slashingmodulev1.Module{}},
		{distributiontypes.ModuleName, &distributionmodulev1.Module{}},
		{minttypes.ModuleName, &mintmodulev1.Module{}},
		{govtypes.ModuleName, &govmodulev1.Module{}},
		{upgradetypes.ModuleName, &upgrademodulev1.Module{}},
		{authz.ModuleName, &authzmodulev1.Module{}},
		{feegrant.ModuleName, &feegrantmodulev1.Module{}},
		{evidencetypes.ModuleName, &evidencemodulev1.Module{}},
		{consensustypes.ModuleName, &consensusmodulev1.Module{}},
		{genutiltypes.ModuleName, &genutilmodulev1.Module{}},
		{"tx", &txconfigv1.Config{}},
	}

	appConfig := &appv1alpha1.Config{}
	for _, entry := range modules {
		appConfig.Modules = append(appConfig.Modules, &appv1alpha1.ModuleConfig{
			Name:   entry.name,
			Config: appconfig.WrapAny(entry.config),
		})
	}

	return depinject.Configs(
		appconfig.Compose(appConfig),
		depinject.Supply(map[string]module.AppModuleBasic{
			// the genesis commands ask for exactly this type
			genutiltypes.ModuleName: genutil.NewAppModuleBasic(genutiltypes.DefaultMessageValidator),
			banktypes.ModuleName:    bankBasic{},
		}),
	)
}

// bankBasic is bank with the denom's metadata in its default genesis, so that
// any chain made by `posd init` knows how to display OMNI.
type bankBasic struct {
	bank.AppModuleBasic
}

// DefaultGenesis returns bank's own defaults plus DenomMetadata.
func (bankBasic) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	genesis := banktypes.DefaultGenesisState()
	genesis.DenomMetadata = []banktypes.Metadata{DenomMetadata()}
	return cdc.MustMarshalJSON(genesis)
}
