package app

import (
	"io"

	"cosmossdk.io/depinject"
	"cosmossdk.io/log"
	upgradekeeper "cosmossdk.io/x/upgrade/keeper"
	dbm "github.com/cosmos/cosmos-db"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/runtime"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
)

var _ servertypes.Application = (*App)(nil)

// App is one running instance of the chain's state machine. The keepers listed
// are those that upgrades and export need; every other one stays inside the
// container.
type App struct {
	*runtime.App

	codec         codec.Codec
	upgradeKeeper *upgradekeeper.Keeper
	stakingKeeper *stakingkeeper.Keeper
}

// New wires the application onto db. With loadLatest it is ready to serve at the
// last committed height; without, the caller picks a height by LoadHeight.
// It panics on a configuration that cannot work, as the SDK's start command
// expects of an application constructor.
func New(
	logger log.Logger,
	db dbm.DB,
	traceStore io.Writer,
	loadLatest bool,
	appOptions servertypes.AppOptions,
	baseAppOptions ...func(*baseapp.BaseApp),
) *App {
	var (
		app        = &App{}
		appBuilder *runtime.AppBuilder
	)
	if err := depinject.Inject(
		depinject.Configs(Config(), depinject.Supply(logger, appOptions)),
		&appBuilder,
		&app.codec,
		&app.upgradeKeeper,
		&app.stakingKeeper,
	); err != nil {
		panic(err)
	}

	app.App = appBuilder.Build(db, traceStore, baseAppOptions...)
	for _, upgrade := range upgrades {
		app.upgradeKeeper.SetUpgradeHandler(upgrade.planName, upgrade.handler(app))
	}

	if err := app.Load(loadLatest); err != nil {
		panic(err)
	}
	return app
}
