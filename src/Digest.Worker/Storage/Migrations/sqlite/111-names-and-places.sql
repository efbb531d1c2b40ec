-- Names are looked for whatever their capitals: neither engine folds more than ASCII by itself. A name that was stored before is
-- found by its ASCII letters until its reader's subscription is next written.
alter table subscriber add column name_key text;
update subscriber set name_key = lower(name) where name is not null;

-- Mails that failed are looked at by state; those that wait have indexes of their own, and the sent ones are nearly all.
create index outbox_failed on outbox (state, id) where state in ('bounced', 'expired', 'suppressed');

-- Suppressed addresses get a number, from which a list of them goes on; an address belongs into no cursor.
create table suppression_numbered (
    id          integer primary key autoincrement,
    address_key text    not null unique,                 -- folded; of an erased person hmac:HEX
    reason      text    not null,                        -- unsubscribed | bounced | complaint | erased | operator
    detail      text,
    created_at  text    not null
) strict;
insert into suppression_numbered (address_key, reason, detail, created_at) select address_key, reason, detail, created_at from suppression order by created_at, address_key;
drop table suppression;
alter table suppression_numbered rename to suppression;
