-- What the application's role may do. Runs last, as the owner of the objects, after every migration
-- and whenever a guard changed; may be run again at any time. __APP_ROLE__ is the application's
-- role. Rights in schema audit are in audit.sql alone.

do $$
declare
  app constant text := '__APP_ROLE__';
  -- Tables outside the audit tie whose rows come and go. Everything else never loses a row, unless
  -- tie.sql lists it in audit.deletable.
  deletable text[] := array[
    'catalog_finding', 'command_result', 'definition_check', 'rate_bucket', 'setup_token'
  ];
  t text;
begin
  if app = current_user then return; end if;

  execute format('revoke all on all tables in schema public from public, %I', app);
  execute format('grant select, insert, update on all tables in schema public to %I', app);
  execute format('grant usage, select on all sequences in schema public to %I', app);
  if to_regclass('audit.deletable') is not null then
    deletable := deletable || array(select table_name from audit.deletable);
  end if;
  foreach t in array deletable loop
    if to_regclass(format('public.%I', t)) is not null then
      execute format('grant delete on public.%I to %I', t, app);
    end if;
  end loop;

  -- What was applied, for the settings page.
  execute format('grant usage on schema chancery_meta to %I', app);
  execute format('grant select on all tables in schema chancery_meta to %I', app);

  -- The worker runs as this role, and the job engine keeps its own tables behind row security.
  execute format('grant usage on schema graphile_worker to %I', app);
  execute format('grant select, insert, update, delete on all tables in schema graphile_worker to %I', app);
  execute format('revoke insert, update, delete on graphile_worker.migrations from %I', app);
  execute format('grant usage, select on all sequences in schema graphile_worker to %I', app);
  execute format('grant execute on all functions in schema graphile_worker to %I', app);
  for t in
    select c.relname from pg_class c
    where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity
  loop
    execute format('drop policy if exists application on graphile_worker.%I', t);
    execute format('create policy application on graphile_worker.%I to %I using (true) with check (true)', t, app);
  end loop;
end $$;
