-- The audit log only grows: whoever holds the application role cannot change or remove what was written.
create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception using errcode = '42501', message = 'the audit log is append-only';
end $$;
--> statement-breakpoint
create trigger audit_events_append_only before update or delete on audit_events for each row execute function refuse_audit_change();
--> statement-breakpoint
create trigger audit_events_no_truncate before truncate on audit_events for each statement execute function refuse_audit_change();
