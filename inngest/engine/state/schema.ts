/**
 * All of the engine's state is in the schema `inngest_engine`; nothing else may write to it, except through operator.ts. The migrations run in
 * order; a row of `migrations` says that one has run. Payloads are kept as JSON text, not jsonb, so that what an app gets back is what it sent:
 * jsonb reorders members and cannot hold the character U+0000.
 */
export const migrations: readonly string[] = [
  `
  create table inngest_engine.apps (
    id text primary key,
    url text not null,
    sdk text not null,
    checksum text not null,
    registered_at timestamptz not null,
    refusal text,
    refused_at timestamptz
  );
  comment on table inngest_engine.apps is 'One row is an app that has registered; refusal is the sentence with which its last attempt was refused.';

  create table inngest_engine.functions (
    id text primary key,
    app_id text not null references inngest_engine.apps (id),
    config text not null,
    registered_at timestamptz not null,
    removed_at timestamptz
  );
  comment on table inngest_engine.functions is 'One row is a function as its app last described it (JSON); removed_at is set once an app registers without it.';

  create table inngest_engine.events (
    seq bigint generated always as identity primary key,
    internal_id text not null unique,
    id text not null,
    name text not null,
    payload text not null,
    received_at timestamptz not null,
    fanned_out boolean not null
  );
  create index events_received_at_idx on inngest_engine.events (received_at);
  create index events_waiting_idx on inngest_engine.events (seq) where not fanned_out;
  comment on table inngest_engine.events is 'One row is an accepted event; its runs, matches and cancellations were written in the same transaction once fanned_out.';

  create table inngest_engine.runs (
    id text primary key,
    function_id text not null,
    function_name text not null,
    event_id text not null,
    event_name text not null,
    event text not null,
    status text not null check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
    reason text,
    output text,
    error text,
    rank_at timestamptz not null,
    gates text[] not null,
    max_attempts integer not null,
    request_version integer not null default -1,
    parent_run_id text,
    parent_step_id text,
    replay_of text,
    queued_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz
  );
  create index runs_queued_at_idx on inngest_engine.runs (queued_at desc, id desc);
  create index runs_function_id_idx on inngest_engine.runs (function_id, queued_at desc, id desc);
  create index runs_status_idx on inngest_engine.runs (status, queued_at desc, id desc);
  create index runs_event_id_idx on inngest_engine.runs (event_id);
  create index runs_ended_at_idx on inngest_engine.runs (ended_at) where ended_at is not null;
  comment on table inngest_engine.runs is 'One row is a function run; event is the JSON that started it; gates are its concurrency gates as limit|key.';

  create table inngest_engine.steps (
    run_id text not null references inngest_engine.runs (id) on delete cascade,
    id text not null,
    op text not null,
    name text not null,
    status text not null check (status in ('planned', 'retrying', 'sleeping', 'waiting', 'invoking', 'completed', 'failed', 'abandoned')),
    holds_discovery boolean not null,
    memo text,
    attempts integer not null default 0,
    last_error text,
    detail text,
    completed_order bigint,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    primary key (run_id, id)
  );
  create sequence inngest_engine.step_order;
  comment on table inngest_engine.steps is 'One row is a step that a run has reported; id is the hashed id; memo is the JSON with which the SDK resolves it.';

  create table inngest_engine.calls (
    id text primary key,
    run_id text not null references inngest_engine.runs (id) on delete cascade,
    function_id text not null,
    step_id text,
    attempt integer not null default 0,
    generation integer not null default 0,
    losses integer not null default 0,
    available_at timestamptz not null,
    delay_ms bigint,
    rank_at timestamptz not null,
    gates text[] not null,
    throttle_key text,
    leased boolean not null default false,
    lease_until timestamptz,
    request_id text
  );
  create unique index calls_discovery_uq on inngest_engine.calls (run_id) where step_id is null and not leased;
  create unique index calls_step_uq on inngest_engine.calls (run_id, step_id) where step_id is not null;
  create index calls_due_idx on inngest_engine.calls (available_at) where not leased;
  create index calls_leased_idx on inngest_engine.calls (lease_until) where leased;
  comment on table inngest_engine.calls is 'One row is a request that the app must still answer: one planned step, or with step_id null the discovery of what comes next.';

  create table inngest_engine.attempts (
    id bigint generated always as identity primary key,
    run_id text not null references inngest_engine.runs (id) on delete cascade,
    request_id text not null unique,
    step_id text,
    attempt integer not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text not null check (outcome in ('running', 'ok', 'error', 'lost', 'stale')),
    error text,
    retry_at timestamptz
  );
  create index attempts_run_id_idx on inngest_engine.attempts (run_id);
  comment on table inngest_engine.attempts is 'One row is a call that was sent to the app and what became of it.';

  create table inngest_engine.waits (
    id bigint generated always as identity primary key,
    run_id text not null references inngest_engine.runs (id) on delete cascade,
    step_id text,
    event_name text not null,
    expression text,
    match_path text,
    match_value text,
    expires_at timestamptz
  );
  create index waits_event_idx on inngest_engine.waits (event_name, match_path, match_value);
  create index waits_run_id_idx on inngest_engine.waits (run_id);
  comment on table inngest_engine.waits is 'One row is an event that a run waits for (step_id) or is cancelled by (step_id null).';

  create table inngest_engine.timers (
    id bigint generated always as identity primary key,
    run_id text not null references inngest_engine.runs (id) on delete cascade,
    kind text not null check (kind in ('sleep', 'wait', 'invoke', 'start', 'finish')),
    step_id text not null default '',
    due_at timestamptz not null,
    span_ms bigint,
    unique (run_id, kind, step_id)
  );
  create index timers_due_at_idx on inngest_engine.timers (due_at);
  comment on table inngest_engine.timers is 'One row is something that happens to a run at due_at; span_ms is the wait it was asked for, null for a fixed instant.';

  create table inngest_engine.debounces (
    function_id text not null,
    key text not null,
    event text not null,
    first_at timestamptz not null,
    due_at timestamptz not null,
    span_ms bigint not null,
    primary key (function_id, key)
  );
  create index debounces_due_at_idx on inngest_engine.debounces (due_at);
  comment on table inngest_engine.debounces is 'One row is the latest event of a debounced key, which starts a run at due_at unless another arrives.';

  create table inngest_engine.dedupe (
    scope text not null,
    key text not null,
    value text not null,
    expires_at timestamptz not null,
    primary key (scope, key)
  );
  create index dedupe_expires_at_idx on inngest_engine.dedupe (expires_at);
  comment on table inngest_engine.dedupe is 'One row is a key that must not act again before expires_at: an event id, an idempotency key, a cron tick.';

  create table inngest_engine.rate_limit_hits (
    id bigint generated always as identity primary key,
    key text not null,
    at timestamptz not null
  );
  create index rate_limit_hits_key_idx on inngest_engine.rate_limit_hits (key, at);
  create index rate_limit_hits_at_idx on inngest_engine.rate_limit_hits (at);
  comment on table inngest_engine.rate_limit_hits is 'One row is a run that counts against a rate limit.';

  create table inngest_engine.throttles (
    key text primary key,
    next_arrival_ms double precision not null
  );
  comment on table inngest_engine.throttles is 'One row is the theoretical arrival time of a throttle key, in Unix milliseconds.';

  create table inngest_engine.crons (
    function_id text not null,
    cron text not null,
    next_at timestamptz not null,
    primary key (function_id, cron)
  );
  comment on table inngest_engine.crons is 'One row is a schedule of a registered function and its next tick.';

  create table inngest_engine.replays (
    new_run_id text primary key,
    run_id text not null,
    requested_at timestamptz not null
  );
  comment on table inngest_engine.replays is 'One row is an operator''s wish to run the event of run_id again, not yet served.';

  create table inngest_engine.engine (
    id boolean primary key default true check (id),
    instance_id text not null,
    url text not null,
    started_at timestamptz not null,
    heartbeat_at timestamptz not null
  );
  comment on table inngest_engine.engine is 'The one active engine process.';
  `,
  `
  alter table inngest_engine.calls add column refusals integer not null default 0;
  comment on column inngest_engine.calls.losses is 'Answers that were lost in a row, since the last sign of progress.';
  comment on column inngest_engine.calls.refusals is 'Sendings in a row that did not reach the app.';
  `,
  `
  create index runs_replay_of_idx on inngest_engine.runs (replay_of) where replay_of is not null;
  create index runs_routine_idx on inngest_engine.runs (function_id)
    where status = 'completed' and event_name = 'inngest/scheduled.timer';
  create index runs_not_routine_idx on inngest_engine.runs (queued_at desc, id desc)
    where not (status = 'completed' and event_name = 'inngest/scheduled.timer');
  `,
];
