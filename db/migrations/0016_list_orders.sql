CREATE INDEX "validator_nodes_created_idx" ON "validator_nodes" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "validator_setup_requests_created_idx" ON "validator_setup_requests" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "validator_setup_requests_updated_idx" ON "validator_setup_requests" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "validator_setup_requests_name_idx" ON "validator_setup_requests" USING btree (lower("validator_name"),"id");