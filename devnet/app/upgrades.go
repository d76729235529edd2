package app

import (
	upgradetypes "cosmossdk.io/x/upgrade/types"
)

// upgrade is what this build knows to do when the chain reaches the height of a
// plan. A build without an entry for the plan halts there, before the height is
// executed, and asks for a newer binary; a build with an entry that starts
// before that height halts as well (x/upgrade PreBlocker, v0.2.0).
type upgrade struct {
	// planName is the name in the governance proposal.
	planName string
	// handler makes the function that runs once, in the first block of the plan's height.
	handler func(app *App) upgradetypes.UpgradeHandler
}
