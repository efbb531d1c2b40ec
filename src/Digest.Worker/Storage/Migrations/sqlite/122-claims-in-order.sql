-- The order in which mails are claimed, whole: with the times alone PostgreSQL read and sorted all that was due for each claim.
drop index outbox_due;
create index outbox_due on outbox (due_at, id) where state in ('queued', 'deferred');
