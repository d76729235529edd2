// Command posd is the node and command line of the local Omniphi chain. Its
// commands, flags and files are those of any Cosmos SDK 0.53 chain.
package main

import (
	"fmt"
	"os"
	"strings"

	svrcmd "github.com/cosmos/cosmos-sdk/server/cmd"

	"omniphi.cloud/devnet/app"
)

func main() {
	rootCmd, err := newRootCmd()
	if err == nil {
		err = svrcmd.Execute(rootCmd, strings.ToUpper(app.BinaryName), app.DefaultNodeHome)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
