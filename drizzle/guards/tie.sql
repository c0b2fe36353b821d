-- The tie: a governed row changes only in a transaction that also writes the fact it names.
-- Governed is every table of schema public that has a column audit_event_id; a table without one
-- must be listed with its reason in lib/audit/governed.ts, which a test compares with the catalog.

-- Governed tables whose rows may be deleted. The deleting transaction sets chancery.event to the
-- id of a fact that it also writes. A table that is not listed never loses a row.
insert into audit.deletable (table_name, reason) values
  ('routing_case', 'A test of routing, removed by whoever keeps the tests; the fact stays.'),
  ('saved_view', 'A query under a name, its owner''s own; decides nothing.')
on conflict (table_name) do update set reason = excluded.reason;

-- Deferred: the fact is written after the rows that name it, in the same transaction. The check
-- runs at commit for every version of the row, so an update that keeps an older fact is refused.
-- Transaction ids begin anew in a restored cluster; the time keeps an old fact from matching again.
create or replace function audit.check_tie() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from audit.event e
                 where e.id = new.audit_event_id and e.tx = pg_current_xact_id()
                   and e.recorded_at >= transaction_timestamp()) then
    raise exception 'A row of % changed without a fact of the same transaction.', tg_table_name
      using errcode = 'CHT01', table = tg_table_name, schema = tg_table_schema;
  end if;
  return null;
end $$;

create or replace function audit.check_delete() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from audit.deletable d where d.table_name = tg_table_name) then
    raise exception 'Rows of % are never deleted.', tg_table_name
      using errcode = 'CHT02', table = tg_table_name, schema = tg_table_schema;
  end if;
  if not exists (select from audit.event e
                 where e.id = nullif(current_setting('chancery.event', true), '')::uuid
                   and e.tx = pg_current_xact_id()
                   and e.recorded_at >= transaction_timestamp()) then
    raise exception 'A row of % was deleted without a fact of the same transaction.', tg_table_name
      using errcode = 'CHT01', table = tg_table_name, schema = tg_table_schema;
  end if;
  return null;
end $$;

create or replace function audit.refuse_truncate() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'Table % is governed and is never emptied.', tg_table_name using errcode = 'CHT02';
end $$;

-- Every table of schema public, and whether it is governed.
create or replace view audit.tie_coverage as
select c.relname::text as table_name,
       coalesce(a.attname is not null, false) as governed,
       coalesce(a.attnotnull, false) as required,
       (select count(*)::int from pg_catalog.pg_trigger t
        where t.tgrelid = c.oid and t.tgenabled = 'A'
          and t.tgname in ('tie_change', 'tie_delete', 'tie_truncate')) as guards
from pg_catalog.pg_class c
left join pg_catalog.pg_attribute a
  on a.attrelid = c.oid and a.attname = 'audit_event_id' and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p');

-- Puts the three triggers and the deferred reference on every governed table. Runs after every
-- migration, so a new table cannot be forgotten.
create or replace function audit.attach_ties() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  t regclass;
begin
  for t in select format('public.%I', table_name)::regclass from audit.tie_coverage where governed
  loop
    perform audit.ensure_trigger(t, 'tie_change',
      'create constraint trigger %s after insert or update on %s deferrable initially deferred
       for each row execute function audit.check_tie()');
    perform audit.ensure_trigger(t, 'tie_delete',
      'create constraint trigger %s after delete on %s deferrable initially deferred
       for each row execute function audit.check_delete()');
    perform audit.ensure_trigger(t, 'tie_truncate',
      'create trigger %s before truncate on %s
       for each statement execute function audit.refuse_truncate()');
    if not exists (select from pg_constraint
                   where conrelid = t and contype = 'f' and confrelid = 'audit.event'::regclass) then
      execute format('alter table %s add constraint audit_event_fk foreign key (audit_event_id)
        references audit.event (id) deferrable initially deferred', t);
    end if;
  end loop;
end $$;

select audit.attach_ties();

do $$
begin
  revoke all on function audit.check_tie(), audit.check_delete(), audit.refuse_truncate(),
    audit.attach_ties() from public;
  if '__APP_ROLE__' <> current_user then
    revoke all on audit.tie_coverage from public, "__APP_ROLE__";
    grant select on audit.tie_coverage to "__APP_ROLE__";
  end if;
end $$;
