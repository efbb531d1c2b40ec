-- A mail on its way changes three times within a second: claimed, marked, settled. Only the last belongs to its row, which is wide and stands in
-- many indexes; the rest is a small row of its own, for as long as a worker holds the mail.
create table claim (
    mail_id    integer not null primary key,
    worker     text    not null,                         -- the token of the worker that holds it
    until      text    not null,                         -- when its lease ends
    message_id text,                                     -- under which it may have been sent
    marked_at  text                                      -- the mark before the final dot: in doubt since then; null: claimed
) strict;
-- A mail that is held keeps the state it had before, so that nothing need be done to give it back.
insert into claim (mail_id, worker, until, message_id, marked_at)
select id, claim, claimed_until, case when state = 'in_doubt' then message_id end, case when state = 'in_doubt' then coalesce(marked_at, claimed_until) end
from outbox where state in ('claimed', 'in_doubt') and claim is not null and claimed_until is not null;
update outbox set state = case when attempts > 0 then 'deferred' else 'queued' end where state = 'claimed' or id in (select mail_id from claim);
drop index outbox_claimed;
drop index outbox_marked;
alter table outbox drop column claim;
alter table outbox drop column claimed_until;
alter table outbox drop column marked_at;
-- The mails of an issue are looked for with its reader: one index for both, of five that each settled mail is written into.
drop index outbox_issue;
drop index outbox_subscriber;
create index outbox_subscriber on outbox (subscriber_id, issue_id);
create index outbox_in_doubt on outbox (id) where state = 'in_doubt';
-- Every mail as it is now, also while it is held.
create view outbox_now as
select o.id, o.key, o.kind, o.subscriber_id, o.issue_id, o.recipient, o.domain, o.payload,
    case when c.mail_id is null then o.state when c.marked_at is null then 'claimed' else 'in_doubt' end as state,
    o.attempts, o.due_at, o.expires_at, o.first_tried_at, c.worker as claim, c.until as claimed_until, o.created_at, o.settled_at, o.answer,
    coalesce(c.message_id, o.message_id) as message_id
from outbox o left join claim c on c.mail_id = o.id;
