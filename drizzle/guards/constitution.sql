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

create or replace function public.guard_waiver() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.agent_id, new.rule, new.fingerprint, new.finding, new.reason,
      new.owner_id, new.requested_by, new.ends_on, new.approval_id)
     is distinct from (old.id, old.agent_id, old.rule, old.fingerprint, old.finding, old.reason,
      old.owner_id, old.requested_by, old.ends_on, old.approval_id) then
    raise exception 'what people decide about is frozen' using errcode = 'CH001';
  end if;
  if new.state = 'approved' and not exists (
    select from approval a
    where a.id = new.approval_id and a.kind = 'waiver' and a.subject_id = new.id
      and a.state = 'approved'
  ) then
    raise exception 'a waiver counts only when people approved it' using errcode = 'CH002';
  end if;
  return new;
end $$;

drop trigger if exists guard_waiver on public.waiver;
create trigger guard_waiver before insert or update on public.waiver
  for each row execute function public.guard_waiver();
alter table public.waiver enable always trigger guard_waiver;
