package main

import (
	"os"

	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
	"cosmossdk.io/client/v2/autocli"
	"cosmossdk.io/depinject"
	"cosmossdk.io/log"
	cmtcfg "github.com/cometbft/cometbft/config"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/config"
	nodeservice "github.com/cosmos/cosmos-sdk/client/grpc/node"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	"github.com/cosmos/cosmos-sdk/types/module"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"omniphi.cloud/devnet/app"
)

// newRootCmd builds the command tree. Query and transaction commands of the
// modules are generated from their services (autocli), so a module added to the
// application appears here by itself.
func newRootCmd() (*cobra.Command, error) {
	var (
		autoCLI      autocli.AppOptions
		basicManager module.BasicManager
		clientCtx    client.Context
	)
	if err := depinject.Inject(
		depinject.Configs(
			app.Config(),
			depinject.Supply(log.NewNopLogger()),
			depinject.Provide(ProvideClientContext),
		),
		&autoCLI,
		&basicManager,
		&clientCtx,
	); err != nil {
		return nil, err
	}

	rootCmd := &cobra.Command{
		Use:           app.BinaryName,
		Short:         "Node and command line of the local Omniphi chain",
		SilenceErrors: true, // main prints the error, once
		SilenceUsage:  true, // a refused transaction is not a misused flag
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return prepareCommand(cmd, clientCtx)
		},
	}
	addCommands(rootCmd, clientCtx.TxConfig, basicManager)

	node := nodeservice.NewNodeCommands()
	autoCLI.ModuleOptions = map[string]*autocliv1.ModuleOptions{node.Name(): node.AutoCLIOptions()}
	if err := autoCLI.EnhanceRootCommand(rootCmd); err != nil {
		return nil, err
	}
	return rootCmd, nil
}

// ProvideClientContext makes the context that commands start from. It is exported
// because depinject takes no other function.
func ProvideClientContext(
	appCodec codec.Codec,
	interfaceRegistry codectypes.InterfaceRegistry,
	txConfig client.TxConfig,
	amino *codec.LegacyAmino,
) client.Context {
	return client.Context{}.
		WithCodec(appCodec).
		WithInterfaceRegistry(interfaceRegistry).
		WithTxConfig(txConfig).
		WithLegacyAmino(amino).
		WithInput(os.Stdin).
		WithAccountRetriever(authtypes.AccountRetriever{}).
		WithHomeDir(app.DefaultNodeHome).
		WithViper("")
}

// prepareCommand reads flags, client.toml, config.toml and app.toml, in this
// order of precedence, before any command runs; init creates the files.
func prepareCommand(cmd *cobra.Command, base client.Context) error {
	cmd.SetOut(cmd.OutOrStdout())
	cmd.SetErr(cmd.ErrOrStderr())

	clientCtx, err := client.ReadPersistentCommandFlags(base.WithCmdContext(cmd.Context()), cmd.Flags())
	if err != nil {
		return err
	}
	if clientCtx, err = config.ReadFromClientConfig(clientCtx); err != nil {
		return err
	}
	if err = client.SetCmdClientContextHandler(clientCtx, cmd); err != nil {
		return err
	}

	appConfig := serverconfig.DefaultConfig()
	appConfig.MinGasPrices = app.DefaultMinGasPrices
	return server.InterceptConfigsPreRunHandler(cmd, serverconfig.DefaultConfigTemplate, appConfig, cmtcfg.DefaultConfig())
}
