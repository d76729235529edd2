//go:build posd_v2

package app

import (
	"context"
	"fmt"

	upgradetypes "cosmossdk.io/x/upgrade/types"

	"github.com/cosmos/cosmos-sdk/types/module"
)

// maxEntriesAfterV2 is x/staking's max_entries once the upgrade has run. The
// value matters little; that it differs from the genesis value of 7 lets anyone
// see over REST that the migration ran, and on which height.
const maxEntriesAfterV2 = 10

var upgrades = []upgrade{{planName: "v2", handler: upgradeToV2}}

// upgradeToV2 runs the modules' migrations and raises max_entries. An error
// halts the chain with the height not committed, so it can be tried again with
// a corrected binary.
func upgradeToV2(app *App) upgradetypes.UpgradeHandler {
	return func(ctx context.Context, _ upgradetypes.Plan, fromVersions module.VersionMap) (module.VersionMap, error) {
		toVersions, err := app.ModuleManager.RunMigrations(ctx, app.Configurator(), fromVersions)
		if err != nil {
			return nil, fmt.Errorf("migrate modules: %w", err)
		}

		params, err := app.stakingKeeper.GetParams(ctx)
		if err != nil {
			return nil, fmt.Errorf("read staking params: %w", err)
		}
		params.MaxEntries = maxEntriesAfterV2
		if err := app.stakingKeeper.SetParams(ctx, params); err != nil {
			return nil, fmt.Errorf("write staking params: %w", err)
		}
		return toVersions, nil
	}
}
