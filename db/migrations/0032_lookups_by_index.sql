DROP INDEX "staking_compounds_due_idx";--> statement-breakpoint
CREATE INDEX "fleet_bulk_rows_away_idx" ON "fleet_bulk_rows" USING btree ("network_id") WHERE "fleet_bulk_rows"."status" = 'under_way';--> statement-breakpoint
CREATE INDEX "alerts_end_untold_idx" ON "alerts" USING btree ("resolved_at") WHERE "alerts"."status" = 'resolved' and "alerts"."end_told_at" is null and "alerts"."told_count" > 0;--> statement-breakpoint
CREATE INDEX "notification_deliveries_channel_idx" ON "notification_deliveries" USING btree ("channel_id","created_at","id");--> statement-breakpoint
CREATE INDEX "notification_deliveries_dead_idx" ON "notification_deliveries" USING btree ("updated_at") WHERE "notification_deliveries"."status" = 'dead';--> statement-breakpoint
CREATE INDEX "staking_compounds_due_idx" ON "staking_compounds" USING btree ("next_look_at","id") WHERE "staking_compounds"."status" = 'active';