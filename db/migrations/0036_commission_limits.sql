ALTER TABLE "chain_validators" ADD COLUMN "commission_max_rate" text;--> statement-breakpoint
ALTER TABLE "chain_validators" ADD COLUMN "commission_max_change_rate" text;