-- A rulebook is in force because people agreed to exactly its bytes, and so is a waiver.

create or replace function public.guard_constitution_version() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  item approval%rowtype;
  agreed integer;
begin
  select * into item from approval where id = new.approval_id for share;
  if not found or item.kind <> 'constitution' or item.state <> 'approved'
     or item.digest <> new.hash then
    raise exception 'a constitution needs an approved approval of its bytes' using errcode = 'CH002';
  end if;
  select count(distinct d.person_id) into agreed from decision d
  where d.approval_id = item.id and d.verdict = 'approve' and d.dismissed_at is null
    and d.digest = new.hash and d.person_id <> new.author_id;
  if agreed < item.quorum then
    raise exception 'a constitution needs % people, has %', item.quorum, agreed
      using errcode = 'CH002';
  end if;
  return new;
end $$;

drop trigger if exists guard_constitution_version on public.constitution_version;
create trigger guard_constitution_version before insert on public.constitution_version
  for each row execute function public.guard_constitution_version();
alter table public.constitution_version enable always trigger guard_constitution_version;

drop trigger if exists refuse_change on public.constitution_version;
create trigger refuse_change before update on public.constitution_version
  for each row execute function public.refuse_change();
alter table public.constitution_version enable always trigger refuse_change;

-- A waiver counts because somebody approved it who neither asked for it nor answers for it, for at
-- most 30 days. What was decided about never changes, and no state comes back.
create or replace function public.guard_waiver() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  item approval%rowtype;
  today date;
begin
  select * into item from approval where id = new.approval_id;
  if not found or item.kind <> 'waiver' or item.subject_id <> new.id
     or item.agent_id is distinct from new.agent_id then
    raise exception 'a waiver is decided by its own approval' using errcode = 'CH002';
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'requested' or new.settled_at is not null then
      raise exception 'a waiver starts as a request' using errcode = 'CH001';
    end if;
    if not (item.excluded @> array[new.requested_by, new.owner_id]) then
      raise exception 'who asks for a waiver or owns it never decides' using errcode = 'CH002';
    end if;
    -- A demonstration tells a past; there the clock of the request is the told one.
    today := ((case when (select demo from audit.tree_state) then new.created_at else now() end)
      at time zone 'UTC')::date;
    if new.ends_on < today or new.ends_on > today + 30 then
      raise exception 'a waiver lasts at most 30 days' using errcode = 'CH001';
    end if;
    return new;
  end if;
  if (new.id, new.agent_id, new.rule, new.fingerprint, new.finding, new.reason, new.owner_id,
      new.requested_by, new.ends_on, new.approval_id, new.created_at)
     is distinct from (old.id, old.agent_id, old.rule, old.fingerprint, old.finding, old.reason,
      old.owner_id, old.requested_by, old.ends_on, old.approval_id, old.created_at) then
    raise exception 'what people decide about is frozen' using errcode = 'CH001';
  end if;
  if (old.state, new.state) not in (('requested', 'approved'), ('requested', 'rejected'),
      ('requested', 'withdrawn'), ('approved', 'revoked')) then
    raise exception 'a waiver that is % does not become %', old.state, new.state
      using errcode = 'CH001';
  end if;
  if new.state = 'approved' and item.state <> 'approved' then
    raise exception 'a waiver counts only when people approved it' using errcode = 'CH002';
  end if;
  return new;
end $$;

drop trigger if exists guard_waiver on public.waiver;
create trigger guard_waiver before insert or update on public.waiver
  for each row execute function public.guard_waiver();
alter table public.waiver enable always trigger guard_waiver;
