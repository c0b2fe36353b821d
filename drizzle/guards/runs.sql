-- What was held goes on only when people agreed to exactly it. The engine checks the same before it
-- acts; these triggers hold for whoever reaches the tables another way.

create or replace function public.guard_tool_call() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.verdict = 'denied' and new.verdict <> 'denied' then
    raise exception 'a denied call stays denied' using errcode = 'CH002';
  end if;
  if tg_op = 'UPDATE' and old.verdict = 'held' then
    if new.verdict = 'allowed' then
      raise exception 'a held call is never simply allowed' using errcode = 'CH002';
    end if;
    -- A call that would now do something else is held again, under another approval.
    if not (old.state = 'approved' and new.state = 'awaiting_approval')
       and (new.run_id, new.tool, new.effective_args, new.args_digest, new.gated, new.approval_id)
       is distinct from
       (old.run_id, old.tool, old.effective_args, old.args_digest, old.gated, old.approval_id) then
      raise exception 'what people decide about is frozen' using errcode = 'CH001';
    end if;
  end if;
  if new.verdict = 'denied' and new.state in ('approved', 'executing', 'succeeded') then
    raise exception 'a denied call never runs' using errcode = 'CH002';
  end if;
  if new.verdict = 'held'
     and new.state in ('approved', 'executing', 'succeeded', 'failed', 'outcome_unknown')
     and not exists (
       select from approval a
       where a.id = new.approval_id and a.kind = 'tool_call' and a.subject_id = new.id
         and a.state = 'approved'
     ) then
    raise exception 'a held call goes on only when people approved it' using errcode = 'CH002';
  end if;
  return new;
end $$;

drop trigger if exists guard_tool_call on public.tool_call;
create trigger guard_tool_call before insert or update on public.tool_call
  for each row execute function public.guard_tool_call();
alter table public.tool_call enable always trigger guard_tool_call;

create or replace function public.guard_change_set() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.run_id, new.digest, new.files, new.approval_id)
     is distinct from (old.id, old.run_id, old.digest, old.files, old.approval_id) then
    raise exception 'what people decide about is frozen' using errcode = 'CH001';
  end if;
  if new.state not in ('proposed', 'rejected')
     -- Without files there is nothing to agree to: its commands were approved one by one.
     and not (new.approval_id is null and new.files = '[]'::jsonb)
     and not exists (
       select from approval a
       where a.id = new.approval_id and a.kind = 'change_set' and a.subject_id = new.id
         and a.digest = new.digest and a.state = 'approved'
     ) then
    raise exception 'files are written only when people approved them' using errcode = 'CH002';
  end if;
  return new;
end $$;

drop trigger if exists guard_change_set on public.change_set;
create trigger guard_change_set before insert or update on public.change_set
  for each row execute function public.guard_change_set();
alter table public.change_set enable always trigger guard_change_set;
