-- Guards of the audit log: who may write what, and what nobody may change. Run by an administrator
-- after every migration; may be run again at any time. __APP_ROLE__ is the application's role.

insert into audit.tree_state (one, origin, root, frontier)
values (true, 'chancery/audit/' || gen_random_uuid() || '/1', sha256(''), '')
on conflict do nothing;
insert into audit.integrity (one) values (true) on conflict do nothing;

alter table audit.pending set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0
);

-- The writer gives id and leaf. Everything else is read from the leaf or from the database, so the
-- columns that the indexes use can never say something that was not hashed.
create or replace function audit.fill_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  body jsonb := convert_from(new.leaf, 'UTF8')::jsonb;
  log_origin text;
  log_demo boolean;
begin
  select origin, demo into log_origin, log_demo from audit.tree_state;
  if body ->> 'id' is distinct from new.id::text then
    raise exception 'The leaf names another event.' using errcode = 'CHA01';
  end if;
  if body ->> 'log' is distinct from log_origin then
    raise exception 'The leaf was made for another log.' using errcode = 'CHA02';
  end if;
  new.at := (body ->> 'ts')::timestamptz;
  if not log_demo
     and new.at not between clock_timestamp() - interval '5 minutes'
                        and clock_timestamp() + interval '5 minutes' then
    raise exception 'The time in the leaf is more than five minutes off.' using errcode = 'CHA03';
  end if;
  new.tx := pg_current_xact_id();
  new.recorded_at := clock_timestamp();
  new.action := body ->> 'act';
  new.actor_type := body #>> '{actor,t}';
  new.actor_id := body #>> '{actor,id}';
  new.dept_id := body ->> 'dept';
  new.target_type := body #>> '{tgt,0,t}';
  new.target_id := body #>> '{tgt,0,id}';
  new.agent_id := jsonb_path_query_first(body, '$.tgt[*] ? (@.t == "agent").id') #>> '{}';
  new.outcome := body ->> 'out';
  new.leaf_hash := sha256('\x00'::bytea || new.leaf);
  return new;
end $$;

-- A sequencer is woken only when none of the last arrivals still waits: a notification per commit
-- would make every commit of the cluster wait for one lock. Looking at a few arrivals only keeps the
-- cost the same however many finished rows the queue has not been cleaned of yet.
-- The queue is nearly always empty, so a plan made then would read all of it; it must use its index.
create or replace function audit.enqueue_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off as $$
declare
  mine bigint;
begin
  insert into audit.pending (event_id) values (new.id) returning arrival into mine;
  if not exists (select from audit.pending p where p.arrival >= mine - 64 and p.arrival < mine) then
    perform pg_notify('audit_pending', '');
  end if;
  return null;
end $$;

create or replace function audit.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'The audit log is append-only: % on audit.% is refused.', tg_op, tg_table_name
    using errcode = 'CHA04';
end $$;

create or replace function audit.refuse_gap() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  low bigint; high bigint; n bigint;
begin
  select min(seq), max(seq), count(*) into low, high, n from added;
  if n = 0 then return null; end if;
  if high - low + 1 <> n or (low > 0 and not exists (select from audit.entry where seq = low - 1)) then
    raise exception 'Entry % would leave a gap in the log.', low using errcode = 'CHA05';
  end if;
  return null;
end $$;

-- Private values belong to the transaction that wrote their event; nothing is added afterwards.
create or replace function audit.check_private() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from audit.event e
                 where e.id = new.event_id and e.tx = pg_current_xact_id()) then
    raise exception 'Private values are written with their event.' using errcode = 'CHA06';
  end if;
  return null;
end $$;

-- One place that puts a trigger on a table, once, and makes it hold even for replication roles.
create or replace function audit.ensure_trigger(p_table regclass, p_name text, p_clause text)
returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from pg_trigger where tgrelid = p_table and tgname = p_name) then
    execute format(p_clause, quote_ident(p_name), p_table);
  end if;
  if exists (select from pg_trigger
             where tgrelid = p_table and tgname = p_name and tgenabled <> 'A') then
    execute format('alter table %s enable always trigger %I', p_table, p_name);
  end if;
end $$;

do $$
declare
  t text;
begin
  perform audit.ensure_trigger('audit.event', 'event_fill',
    'create trigger %s before insert on %s for each row execute function audit.fill_event()');
  perform audit.ensure_trigger('audit.event', 'event_enqueue',
    'create trigger %s after insert on %s for each row execute function audit.enqueue_event()');
  perform audit.ensure_trigger('audit.entry', 'entry_gap',
    'create trigger %s after insert on %s referencing new table as added
     for each statement execute function audit.refuse_gap()');
  perform audit.ensure_trigger('audit.private', 'private_tie',
    'create trigger %s after insert on %s for each row execute function audit.check_private()');
  foreach t in array array['event', 'entry', 'tile', 'tree_head', 'private'] loop
    perform audit.ensure_trigger(('audit.' || t)::regclass, t || '_immutable',
      'create trigger %s before update or delete on %s
       for each row execute function audit.refuse_change()');
  end loop;
  foreach t in array array['event', 'entry', 'tile', 'tree_head', 'private', 'pending',
                           'tree_state', 'integrity'] loop
    perform audit.ensure_trigger(('audit.' || t)::regclass, t || '_no_truncate',
      'create trigger %s before truncate on %s
       for each statement execute function audit.refuse_change()');
  end loop;
  foreach t in array array['tree_state', 'integrity'] loop
    perform audit.ensure_trigger(('audit.' || t)::regclass, t || '_no_delete',
      'create trigger %s before delete on %s for each row execute function audit.refuse_change()');
  end loop;
end $$;

-- The key of the log is set once, when it is first opened. Returns the key that holds.
create or replace function audit.open_log(p_vkey text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update audit.tree_state set vkey = p_vkey where vkey is null;
  return (select vkey from audit.tree_state);
end $$;

-- A demonstration log accepts past times; a log that holds a fact can no longer become one.
create or replace function audit.mark_demo() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from audit.event) then
    raise exception 'A log that holds facts cannot become a demonstration.' using errcode = 'CHA07';
  end if;
  update audit.tree_state set demo = true;
end $$;

-- Elects one sequencer for the rest of the transaction. No row: somebody else is at work.
create or replace function audit.lock_tree()
returns table (size bigint, root bytea, frontier bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('chancery.audit.tree', 0)) then return; end if;
  -- Plans made while the queue is empty would not do for a long one: always go by index.
  perform set_config(name, 'off', true)
  from unnest(array['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) as name;
  -- What was integrated may be signed a moment later: it must survive a crash.
  if current_setting('synchronous_commit') in ('off', 'local') then
    perform set_config('synchronous_commit', 'on', true);
  end if;
  return query select s.size, s.root, s.frontier from audit.tree_state s for update;
end $$;

-- The root that follows from a frontier: fold of the perfect subtrees, smallest first.
create or replace function audit.fold(p_frontier bytea) returns bytea
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  n int := octet_length(p_frontier) / 32;
  acc bytea;
begin
  if n = 0 then return sha256(''); end if;
  acc := substring(p_frontier from (n - 1) * 32 + 1 for 32);
  for i in reverse n - 1 .. 1 loop
    acc := sha256('\x01'::bytea || substring(p_frontier from (i - 1) * 32 + 1 for 32) || acc);
  end loop;
  return acc;
end $$;

-- Gives the pending events their sequence numbers. `p_hashes` and `p_tile_roots` hold 32 bytes each,
-- laid end to end. Every leaf hash must be the one that the database computed from the leaf; tiles
-- are made here from what they stand for, lowest level first.
create or replace function audit.integrate(
  p_from bigint, p_arrivals bigint[], p_hashes bytea, p_tile_levels int[], p_tile_idx bigint[],
  p_tile_roots bytea, p_root bytea, p_frontier bytea
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  n bigint := cardinality(p_arrivals);
  done bigint;
  l int;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('chancery.audit.tree', 0)) then
    raise exception 'Another sequencer holds the tree.' using errcode = 'CHA08';
  end if;
  perform from audit.tree_state where size = p_from for update;
  if not found then
    raise exception 'The tree has moved on from %.', p_from using errcode = 'CHA08';
  end if;
  if octet_length(p_frontier) <> 32 * bit_count((p_from + n)::bit(64))
     or p_root <> audit.fold(p_frontier) then
    raise exception 'The root does not follow from the frontier.' using errcode = 'CHA09';
  end if;
  insert into audit.entry (seq, event_id, leaf_hash)
  select p_from + u.ord - 1, e.id, e.leaf_hash
  from unnest(p_arrivals) with ordinality u (arrival, ord)
  join audit.pending p on p.arrival = u.arrival
  join audit.event e on e.id = p.event_id
  where e.leaf_hash = substring(p_hashes from ((u.ord - 1) * 32 + 1)::int for 32)
  order by u.ord;
  get diagnostics done = row_count;
  if done <> n then
    raise exception 'Only % of % events were pending with that hash.', done, n using errcode = 'CHA09';
  end if;
  for l in select distinct level from unnest(p_tile_levels) u (level) order by level loop
    insert into audit.tile (level, idx, hashes, root)
    select l, u.idx, coalesce(
        case when l = 0
          then (select string_agg(e.leaf_hash, ''::bytea order by e.seq) from audit.entry e
                where e.seq >= u.idx * 256 and e.seq < (u.idx + 1) * 256)
          else (select string_agg(t.root, ''::bytea order by t.idx) from audit.tile t
                where t.level = l - 1 and t.idx >= u.idx * 256 and t.idx < (u.idx + 1) * 256)
        end, ''),
      substring(p_tile_roots from ((u.ord - 1) * 32 + 1)::int for 32)
    from unnest(p_tile_levels, p_tile_idx) with ordinality u (level, idx, ord)
    where u.level = l;
  end loop;
  update audit.tree_state set size = p_from + n, root = p_root, frontier = p_frontier;
  delete from audit.pending where arrival = any (p_arrivals);
end $$;

-- Keeps a checkpoint that was signed and is already recorded outside the database.
create or replace function audit.publish_head(p_size bigint, p_root bytea, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s audit.tree_state;
begin
  select * into s from audit.tree_state;
  if p_size > s.size or (p_size = s.size and p_root <> s.root) then
    raise exception 'The checkpoint is not about this tree.' using errcode = 'CHA10';
  end if;
  if exists (select from audit.tree_head h where h.epoch = s.epoch and h.size > p_size) then
    raise exception 'A later checkpoint was published already.' using errcode = 'CHA10';
  end if;
  insert into audit.tree_head (epoch, size, root, note) values (s.epoch, p_size, p_root, p_note)
  on conflict (epoch, size) do nothing;
  if found then perform pg_notify('audit_head', p_size::text); end if;
end $$;

create or replace function audit.report_integrity(p_state text, p_code text, p_detail text)
returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update audit.integrity set state = p_state, code = p_code, detail = p_detail,
    since = clock_timestamp()
  where (state, code, detail) is distinct from (p_state, p_code, p_detail)
$$;

-- Rights. The owner keeps its own: the functions above run as the owner.
do $$
declare
  f regprocedure;
begin
  revoke all on schema audit from public;
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'audit'::regnamespace loop
    execute format('revoke all on function %s from public', f);
  end loop;
  if '__APP_ROLE__' = current_user then return; end if;
  revoke all on all tables in schema audit from public, "__APP_ROLE__";
  revoke all on all sequences in schema audit from public, "__APP_ROLE__";
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'audit'::regnamespace loop
    execute format('revoke all on function %s from %I', f, '__APP_ROLE__');
  end loop;
  grant usage on schema audit to "__APP_ROLE__";
  grant select on all tables in schema audit to "__APP_ROLE__";
  grant insert (id, leaf) on audit.event to "__APP_ROLE__";
  grant insert (event_id, ord, path, salt, value) on audit.private to "__APP_ROLE__";
  grant execute on function audit.open_log(text), audit.mark_demo(), audit.lock_tree(),
    audit.integrate(bigint, bigint[], bytea, int[], bigint[], bytea, bytea, bytea),
    audit.publish_head(bigint, bytea, text), audit.report_integrity(text, text, text)
    to "__APP_ROLE__";
end $$;
