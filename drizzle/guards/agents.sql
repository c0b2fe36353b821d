-- Published means approved: a version row needs an approved approval of exactly its digest, and is
-- never changed. Definitions are immutable.

create or replace function public.refuse_change() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception '% rows are immutable', tg_table_name using errcode = 'CH001';
end $$;

create or replace function public.guard_version() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  source proposal%rowtype;
  item approval%rowtype;
  agreed integer;
begin
  select * into source from proposal where id = new.proposal_id;
  if not found or source.agent_id <> new.agent_id or source.digest <> new.digest
     or source.version <> new.number then
    raise exception 'a version comes from its own proposal, digest and number' using errcode = 'CH002';
  end if;
  select * into item from approval where id = source.approval_id for share;
  if not found or item.state <> 'approved' or item.digest <> new.digest
     or item.subject_id <> source.id then
    raise exception 'a version needs an approved approval of its digest' using errcode = 'CH002';
  end if;
  select count(distinct d.person_id) into agreed from decision d
  where d.approval_id = item.id and d.verdict = 'approve' and d.dismissed_at is null
    and d.digest = new.digest
    and d.person_id <> source.author_id and d.person_id <> source.last_editor_id;
  if agreed < item.quorum then
    raise exception 'a version needs % people, has %', item.quorum, agreed using errcode = 'CH002';
  end if;
  return new;
end $$;

drop trigger if exists guard_version on public.version;
create trigger guard_version before insert on public.version
  for each row execute function public.guard_version();
alter table public.version enable always trigger guard_version;

do $$
declare
  name text;
begin
  foreach name in array array['version', 'definition', 'draft_revision', 'imported_history', 'blob'] loop
    execute format('drop trigger if exists refuse_change on public.%I', name);
    execute format('create trigger refuse_change before update on public.%I
      for each row execute function public.refuse_change()', name);
    execute format('alter table public.%I enable always trigger refuse_change', name);
  end loop;
end $$;

-- The live version of an agent is one of its own. Its state moves only along the table that
-- lib/agents/rules.ts explains: published, suspended, resumed, and retired for good.
create or replace function public.guard_agent() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.live_version_id is not null and not exists (
    select from version v where v.id = new.live_version_id and v.agent_id = new.id
      and v.digest = new.digest
  ) then
    raise exception 'the live version and digest must be the agent''s own' using errcode = 'CH002';
  end if;
  if tg_op = 'INSERT' and new.state <> 'draft' then
    raise exception 'an agent starts as a draft' using errcode = 'CH001';
  end if;
  if tg_op = 'UPDATE' and new.state <> old.state
     and (old.state, new.state) not in (('draft', 'active'), ('draft', 'retired'),
       ('active', 'suspended'), ('active', 'retired'),
       ('suspended', 'active'), ('suspended', 'retired')) then
    raise exception 'an agent that is % does not become %', old.state, new.state
      using errcode = 'CH001';
  end if;
  return new;
end $$;

drop trigger if exists guard_agent on public.agent;
create trigger guard_agent before insert or update on public.agent
  for each row execute function public.guard_agent();
alter table public.agent enable always trigger guard_agent;
