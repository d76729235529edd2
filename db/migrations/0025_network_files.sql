ALTER TABLE "networks" ADD COLUMN "genesis_path" text;--> statement-breakpoint
ALTER TABLE "networks" ADD COLUMN "releases" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "networks" ADD COLUMN "state_sync_rpc_urls" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "networks" ADD COLUMN "consensus_timeouts" jsonb;--> statement-breakpoint
ALTER TABLE "networks" ADD COLUMN "localnet_home" text;--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD COLUMN "seeds" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD COLUMN "state_sync" jsonb;