-- Addresses that readers asked to be written to, until somebody who reads the new one has pressed the button in the mail to it.
create table address_change (
    id            integer primary key autoincrement,
    subscriber_id integer not null references subscriber (id) on delete cascade,
    email         text    not null,
    email_key     text    not null,                      -- folded, for look-ups
    asked_at      text    not null
) strict;

create index address_change_subscriber on address_change (subscriber_id);
create index address_change_email on address_change (email_key);
