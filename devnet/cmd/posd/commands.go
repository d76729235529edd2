package main

import (
	"io"

	"cosmossdk.io/log"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/debug"
	"github.com/cosmos/cosmos-sdk/client/keys"
	"github.com/cosmos/cosmos-sdk/client/pruning"
	"github.com/cosmos/cosmos-sdk/client/rpc"
	"github.com/cosmos/cosmos-sdk/client/snapshot"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	authcmd "github.com/cosmos/cosmos-sdk/x/auth/client/cli"
	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"

	"omniphi.cloud/devnet/app"
)

// addCommands adds everything that autocli does not generate.
func addCommands(rootCmd *cobra.Command, txConfig client.TxConfig, basicManager module.BasicManager) {
	noExtraFlags := func(*cobra.Command) {}
	server.AddCommands(rootCmd, app.DefaultNodeHome, newNode, exportNode, noExtraFlags)
	rootCmd.AddCommand(
		genutilcli.InitCmd(basicManager, app.DefaultNodeHome),
		genutilcli.Commands(txConfig, basicManager, app.DefaultNodeHome),
		server.StatusCommand(),
		keys.Commands(),
		debug.Cmd(),
		pruning.Cmd(newNode, app.DefaultNodeHome),
		snapshot.Cmd(newNode),
		queryCmd(),
		txCmd(),
	)
}

func queryCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:                        "query",
		Aliases:                    []string{"q"},
		Short:                      "Read from a node",
		SuggestionsMinimumDistance: 2,
		RunE:                       client.ValidateCmd,
	}
	cmd.AddCommand(
		rpc.WaitTxCmd(),
		rpc.ValidatorCommand(),
		server.QueryBlockCmd(),
		server.QueryBlocksCmd(),
		server.QueryBlockResultsCmd(),
		authcmd.QueryTxCmd(),
		authcmd.QueryTxsByEventsCmd(),
	)
	return cmd
}

func txCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:                        "tx",
		Short:                      "Make, sign and send transactions",
		SuggestionsMinimumDistance: 2,
		RunE:                       client.ValidateCmd,
	}
	cmd.AddCommand(
		authcmd.GetSignCommand(),
		authcmd.GetSignBatchCommand(),
		authcmd.GetMultiSignCommand(),
		authcmd.GetMultiSignBatchCmd(),
		authcmd.GetValidateSignaturesCommand(),
		authcmd.GetBroadcastCommand(),
		authcmd.GetEncodeCommand(),
		authcmd.GetDecodeCommand(),
		authcmd.GetSimulateCmd(),
	)
	return cmd
}

func newNode(logger log.Logger, db dbm.DB, traceStore io.Writer, appOptions servertypes.AppOptions) servertypes.Application {
	return app.New(logger, db, traceStore, true, appOptions, server.DefaultBaseappOptions(appOptions)...)
}

func exportNode(
	logger log.Logger,
	db dbm.DB,
	traceStore io.Writer,
	heightBlocks int64,
	forZeroHeight bool,
	_ []string, // validators allowed to stay unjailed, which only a height-zero export changes
	appOptions servertypes.AppOptions,
	modules []string,
) (servertypes.ExportedApp, error) {
	atLatest := heightBlocks == -1
	exported := app.New(logger, db, traceStore, atLatest, appOptions, server.DefaultBaseappOptions(appOptions)...)
	if !atLatest {
		if err := exported.LoadHeight(heightBlocks); err != nil {
			return servertypes.ExportedApp{}, err
		}
	}
	return exported.Export(forZeroHeight, modules)
}
