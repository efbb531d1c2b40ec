-- An issue is one row: its papers in their order, and why each is there. What is left of issue_paper is the promise that nobody is sent a paper
-- twice. A row of its own for each paper, in four indexes, was most of what composing wrote and most of the room that it took.
alter table issue add column papers integer not null default 0;        -- how many
alter table issue add column paper_ids text not null default '[]';     -- JSON: their ids, in the order of their positions
alter table issue add column choices text not null default '[]';       -- JSON, in the same order: score, reason, and what of the paper may change later (votes, code)
-- engine: sqlite
update issue set
    papers = (select count(*) from issue_paper where issue_id = issue.id),
    paper_ids = (select json_group_array(paper_id) from (select paper_id from issue_paper where issue_id = issue.id order by position)),
    choices = (select json_group_array(json('{"Score":' || score || case when choice = '{}' then '}' else ',' || substr(choice, 2) end))
               from (select score, choice from issue_paper where issue_id = issue.id order by position));
-- engine: postgres
update issue set papers = packed.papers, paper_ids = packed.paper_ids, choices = packed.choices
from (select issue_id, count(*) as papers, json_agg(paper_id order by position)::text as paper_ids,
          json_agg(('{"Score":' || score || case when choice = '{}' then '}' else ',' || substr(choice, 2) end)::json order by position)::text as choices
      from issue_paper group by issue_id) as packed
where packed.issue_id = issue.id;
-- engine: all
alter table issue_paper rename to issue_paper_before;
-- No paper twice to one person, by the database's own word. By paper first: the rows of a day stand side by side.
create table issue_paper (
    paper_id      integer not null references paper (id),
    subscriber_id integer not null,
    issue_id      integer not null,                      -- goes with its issue: see the trigger
    primary key (paper_id, subscriber_id)
) strict, without rowid;
insert into issue_paper (paper_id, subscriber_id, issue_id) select paper_id, subscriber_id, issue_id from issue_paper_before order by paper_id, subscriber_id;
drop table issue_paper_before;
-- engine: sqlite
create trigger issue_gone after delete on issue begin
    delete from issue_paper where subscriber_id = old.subscriber_id and issue_id = old.id and paper_id in (select value from json_each(old.paper_ids));
end;
-- engine: postgres
create function issue_gone() returns trigger language plpgsql as $$
begin
    delete from issue_paper where subscriber_id = old.subscriber_id and issue_id = old.id
        and paper_id in (select cast(value as bigint) from json_array_elements_text(old.paper_ids::json));
    return null;
end $$;
create trigger issue_gone after delete on issue for each row execute function issue_gone();
-- engine: all
-- When the newest issue was composed: asked for each subscriber at each run.
alter table subscriber add column composed_at text;
update subscriber set composed_at = (select max(composed_at) from issue where subscriber_id = subscriber.id);
drop index issue_subscriber;
-- A mail that was not marked yet has none.
drop index outbox_message;
create index outbox_message on outbox (message_id) where message_id is not null;
