//go:build !posd_v2

package app

// upgrades is empty: v1 is the first release and must halt at every plan.
var upgrades []upgrade
