-- Four eyes, in the database. The commands check the same rules and explain them; these triggers
-- hold for whoever reaches the tables another way.

create or replace function public.guard_decision() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  item approval%rowtype;
begin
  if tg_op = 'UPDATE' then
    if (new.id, new.approval_id, new.person_id, new.verdict, new.digest, new.rule_version,
        new.rendered_digest, new.reason, new.decided_at)
       is distinct from
       (old.id, old.approval_id, old.person_id, old.verdict, old.digest, old.rule_version,
        old.rendered_digest, old.reason, old.decided_at) then
      raise exception 'a decision is never changed, only dismissed' using errcode = 'CH001';
    end if;
    if old.dismissed_at is not null then
      raise exception 'a dismissed decision stays dismissed' using errcode = 'CH001';
    end if;
    return new;
  end if;
  -- Decisions on one approval settle one after another.
  select * into item from approval where id = new.approval_id for update;
  if not found then
    raise exception 'no such approval' using errcode = 'CH001';
  end if;
  if item.state <> 'open' then
    raise exception 'approval % is %', item.id, item.state using errcode = 'CH001';
  end if;
  -- A demonstration tells a past; there the clock of the decision is the told one.
  if item.deadline_at <= now() and not (select demo from audit.tree_state) then
    raise exception 'approval % has expired', item.id using errcode = 'CH001';
  end if;
  if new.digest <> item.digest or new.rule_version <> item.rule_version then
    raise exception 'the decision is on other bytes or another rule' using errcode = 'CH001';
  end if;
  if new.person_id = any (item.excluded) or new.person_id = item.requested_by then
    raise exception 'the author, last editor or starter never decides' using errcode = 'CH002';
  end if;
  if not exists (
    select from role_grant g join person p on p.id = g.person_id
    where g.person_id = new.person_id and g.role = 'approver' and g.revoked_at is null
      and (g.department_id is null or g.department_id = item.department_id)
      and p.state = 'active'
  ) then
    raise exception 'only an approver of the department decides' using errcode = 'CH002';
  end if;
  return new;
end $$;

drop trigger if exists guard_decision on public.decision;
create trigger guard_decision before insert or update on public.decision
  for each row execute function public.guard_decision();
alter table public.decision enable always trigger guard_decision;

-- Every seat has a person of its group, and nobody sits on two. Seats can be filled exactly when for
-- every choice of groups there are at least as many agreeing members as seats (Hall's theorem).
create or replace function public.seats_hold(item approval) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
declare
  groups integer := jsonb_array_length(item.seats);
  chosen integer;
  wanted integer;
  present integer;
begin
  for chosen in 1 .. (1 << groups) - 1 loop
    select coalesce(sum((seat.value ->> 'people')::integer), 0) into wanted
    from jsonb_array_elements(item.seats) with ordinality as seat
    where (chosen >> (seat.ordinality - 1)::integer) & 1 = 1;
    select count(distinct d.person_id) into present
    from decision d
    where d.approval_id = item.id and d.verdict = 'approve' and d.dismissed_at is null
      and d.digest = item.digest and not (d.person_id = any (item.excluded))
      and exists (
        select from jsonb_array_elements(item.seats) with ordinality as seat
        where (chosen >> (seat.ordinality - 1)::integer) & 1 = 1
          and (seat.value ->> 'group' = 'approvers' or exists (
            select from group_member m join reviewer_group g on g.id = m.group_id
            where g.slug = seat.value ->> 'group' and m.person_id = d.person_id
              and m.removed_at is null
          ))
      );
    if present < wanted then
      return false;
    end if;
  end loop;
  return true;
end $$;

create or replace function public.guard_approval() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  agreed integer;
begin
  if (new.id, new.kind, new.subject_id, new.digest, new.rule_id, new.rule_version, new.quorum,
      new.excluded, new.eligible, new.requested_by, new.deadline_at, new.expiry_outcome,
      new.department_id, new.opened_at, new.title, new.risk_tier, new.risk_rank, new.agent_id,
      new.run_id, new.summary, new.seats)
     is distinct from
     (old.id, old.kind, old.subject_id, old.digest, old.rule_id, old.rule_version, old.quorum,
      old.excluded, old.eligible, old.requested_by, old.deadline_at, old.expiry_outcome,
      old.department_id, old.opened_at, old.title, old.risk_tier, old.risk_rank, old.agent_id,
      old.run_id, old.summary, old.seats) then
    raise exception 'what an approval stands for is frozen' using errcode = 'CH001';
  end if;
  if old.state <> 'open' and new.state is distinct from old.state then
    raise exception 'a settled approval stays settled' using errcode = 'CH001';
  end if;
  if new.state = 'approved' and old.state = 'open' then
    select count(distinct d.person_id) into agreed from decision d
    where d.approval_id = new.id and d.verdict = 'approve' and d.dismissed_at is null
      and d.digest = new.digest and not (d.person_id = any (new.excluded));
    if agreed < new.quorum then
      raise exception 'approval % has % of % decisions', new.id, agreed, new.quorum
        using errcode = 'CH002';
    end if;
    if not seats_hold(new) then
      raise exception 'approval % has an empty seat', new.id using errcode = 'CH002';
    end if;
  end if;
  return new;
end $$;

drop trigger if exists guard_approval on public.approval;
create trigger guard_approval before update on public.approval
  for each row execute function public.guard_approval();
alter table public.approval enable always trigger guard_approval;

create or replace function public.guard_approval_insert() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if new.state <> 'open' or new.settled_at is not null then
    raise exception 'an approval starts open' using errcode = 'CH001';
  end if;
  if not (new.requested_by = any (new.excluded)) then
    raise exception 'who asks is always excluded' using errcode = 'CH002';
  end if;
  if jsonb_typeof(new.seats) <> 'array' or jsonb_array_length(new.seats) > 8 then
    raise exception 'an approval has at most eight groups of seats' using errcode = 'CH001';
  end if;
  if jsonb_array_length(new.seats) > 0 and new.quorum <> (
    select sum((seat ->> 'people')::integer) from jsonb_array_elements(new.seats) seat
  ) then
    raise exception 'the quorum is the number of seats' using errcode = 'CH001';
  end if;
  return new;
end $$;

drop trigger if exists guard_approval_insert on public.approval;
create trigger guard_approval_insert before insert on public.approval
  for each row execute function public.guard_approval_insert();
alter table public.approval enable always trigger guard_approval_insert;
