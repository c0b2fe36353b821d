-- Text search in the catalog. Files in Japanese and Chinese have no blanks between words, so nothing
-- that splits text into words finds them: the search is for substrings, and trigrams make it an index
-- scan. The extension may be missing or forbidden on a server that somebody else runs; then the
-- same condition reads the rows (lib/agents/queries/filter.ts), and the settings page says so. The
-- same holds where the database's LC_CTYPE is C, as in the server that Chancery brings: the extension
-- then makes trigrams of ASCII only, and words in other scripts are found by reading.

do $$
begin
  create extension if not exists pg_trgm with schema public;
exception when others then
  raise notice 'pg_trgm is not available: %', sqlerrm;
end $$;

do $$
begin
  if exists (select from pg_extension where extname = 'pg_trgm') then
    execute 'create index if not exists agent_by_text on public.agent
      using gin ((slug || '' '' || title || '' '' || description) gin_trgm_ops)';
  end if;
end $$;
