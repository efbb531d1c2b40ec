-- Every mail that was read, once: reading the same mailbox again changes nothing.
create table inbound (
    id            integer primary key autoincrement,
    mail_key      text    not null unique,               -- a hash of Message-ID, sender, date and words
    received_at   text    not null,
    kind          text    not null,                      -- what it was taken for
    decision      text    not null,                      -- the step that decided
    effect        text    not null,                      -- what was done
    subscriber_id integer,                               -- whom it was about, where that is known
    answered      integer not null default 0,            -- 1: a letter answers it
    reference     text                                   -- where the mail lies
) strict;

create index inbound_time on inbound (received_at);
create index inbound_subscriber on inbound (subscriber_id, received_at);

-- Mails whose handling failed; after the third time they are set aside.
create table inbound_failure (
    mail_key   text    not null primary key,
    attempts   integer not null,
    error      text    not null,
    updated_at text    not null
) strict;

-- How far a mailbox was read (RFC 3501, 2.3.1.1).
create table mailbox_cursor (
    mailbox     text    not null primary key,            -- user@host/folder
    uidvalidity integer not null,
    uid         integer not null                         -- the highest that was handled with all below it
) strict;

-- What bounced, for the score of an address: at most one row a reader, day and severity.
create table bounce (
    id            integer primary key autoincrement,
    subscriber_id integer not null,
    day           text    not null,
    severity      text    not null,                      -- hard | soft | complaint
    reason        text    not null,
    status        text,
    counts        integer not null,                      -- 0: about us, not about the address
    domain        text    not null,
    created_at    text    not null,
    unique (subscriber_id, day, severity, counts)
) strict;

-- How a subscription was before a command by mail changed it, for "undo".
create table subscription_change (
    id            integer primary key autoincrement,
    subscriber_id integer not null references subscriber (id) on delete cascade,
    changed_at    text    not null,
    before        text    not null,                      -- JSON
    undone        integer not null default 0
) strict;

create index subscription_change_subscriber on subscription_change (subscriber_id);
