-- Everything that we owe to send. The key makes each mail unique; the states are in Outbox/OutboxState.cs.
create table outbox (
    id            integer primary key autoincrement,
    key           text    not null unique,
    kind          text    not null,                      -- issue | welcome | confirmation | unsubscribed | ...
    subscriber_id integer,
    issue_id      integer,
    recipient     text    not null,                      -- '' when the person was erased
    domain        text    not null,                      -- of the recipient, lower case, for limits and reports
    payload       text    not null,                      -- JSON a letter is rendered from; {} for an issue
    state         text    not null,
    attempts      integer not null default 0,
    due_at        text    not null,
    expires_at    text,
    first_tried_at text,                                 -- when a server answered first
    claim         text,                                  -- the worker that holds it
    claimed_until text,
    marked_at     text,                                  -- the last mark before a final dot: what the limits count
    created_at    text    not null,
    settled_at    text,
    answer        text,                                  -- what the server said last
    message_id    text,
    forget        integer not null default 0             -- 1: the reader was erased; recipient and payload go when it is settled
) strict;

create index outbox_due on outbox (due_at) where state in ('queued', 'deferred');
create index outbox_claimed on outbox (claimed_until) where state in ('claimed', 'in_doubt');
create index outbox_marked on outbox (marked_at) where marked_at is not null;
create index outbox_message on outbox (message_id);
create index outbox_subscriber on outbox (subscriber_id);
