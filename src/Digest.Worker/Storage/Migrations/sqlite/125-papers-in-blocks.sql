-- That nobody is sent a paper twice, written where it is near: 64 papers are a block, and in it the readers stand one after the other. By paper alone
-- each group of issues was written into a page for each of the day's papers, and the groups after it into the same pages again.
-- engine: sqlite
drop trigger issue_gone;
-- engine: postgres
drop trigger issue_gone on issue;
-- engine: all
alter table issue_paper rename to issue_paper_before;
create table issue_paper (
    block         integer not null,                      -- of the paper
    subscriber_id integer not null,
    paper_id      integer not null,                      -- stays while it stands here: retention sees to it, and nothing else deletes papers
    issue_id      integer not null,                      -- goes with its issue: see the trigger
    primary key (block, subscriber_id, paper_id),
    check (block = paper_id / 64)
) strict, without rowid;
insert into issue_paper (block, subscriber_id, paper_id, issue_id)
select paper_id / 64, subscriber_id, paper_id, issue_id from issue_paper_before order by paper_id / 64, subscriber_id, paper_id;
drop table issue_paper_before;
-- engine: sqlite
create trigger issue_gone after delete on issue begin
    delete from issue_paper where issue_id = old.id
        and (block, subscriber_id, paper_id) in (select value / 64, old.subscriber_id, value from json_each(old.paper_ids));
end;
-- engine: postgres
create or replace function issue_gone() returns trigger language plpgsql as $$
begin
    delete from issue_paper where issue_id = old.id and (block, subscriber_id, paper_id) in (
        select cast(value as bigint) / 64, old.subscriber_id, cast(value as bigint) from json_array_elements_text(old.paper_ids::json));
    return null;
end $$;
create trigger issue_gone after delete on issue for each row execute function issue_gone();
