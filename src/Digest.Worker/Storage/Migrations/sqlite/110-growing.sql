-- What is asked many times a day of tables that grow for months: without these each of the questions read all of a table.
create index outbox_settled on outbox (settled_at) where settled_at is not null;
create index outbox_issue on outbox (issue_id) where issue_id is not null;
create index issue_composed on issue (composed_at);
create index issue_subscriber on issue (subscriber_id, composed_at);
create index bounce_created on bounce (created_at);
create index subscription_change_time on subscription_change (changed_at);
