-- The order in which issues are composed, whole: with the slots alone PostgreSQL read and sorted all who were due for each page of them.
drop index subscriber_due;
create index subscriber_due on subscriber (next_due_at, id) where state in ('active', 'paused');
