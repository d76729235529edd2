//go:build !posd_v2

package app

const wantsV2Handler = false
