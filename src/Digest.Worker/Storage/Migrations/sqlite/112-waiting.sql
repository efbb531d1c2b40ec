-- What waits for a reader stands in their own row, which every issue writes anyway: a row for each paper was most of what composing wrote.
-- JSON: the moment of expiry, and the ids of the papers that wait until then.
alter table subscriber add column waiting text not null default '{}';
-- engine: sqlite
update subscriber set waiting = (
    select json_group_object(expires_at, json(papers)) from (
        select expires_at, json_group_array(paper_id) as papers from held_over where subscriber_id = subscriber.id group by expires_at))
where id in (select subscriber_id from held_over);
-- engine: postgres
update subscriber set waiting = (
    select json_object_agg(expires_at, papers)::text from (
        select expires_at, json_agg(paper_id) as papers from held_over where subscriber_id = subscriber.id group by expires_at) as grouped)
where id in (select subscriber_id from held_over);
-- engine: all
drop table held_over;
