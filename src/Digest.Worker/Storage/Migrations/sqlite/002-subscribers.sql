create table subscriber (
    id             integer primary key autoincrement,
    email          text    not null,                     -- as given; what we write to
    email_key      text    not null unique,              -- folded, for look-ups
    name           text,
    language       text    not null,                     -- BCP 47
    timezone       text    not null,                     -- IANA
    cadence        text    not null,                     -- daily | weekdays | weekly:monday
    hour           integer not null,
    cap            integer not null,
    nothing_today  integer not null default 0,           -- 1: wants a mail on an empty day too
    profile        text    not null,                     -- one interest a line, as written
    state          text    not null,                     -- pending | active | paused | unsubscribed
    paused_until   text,
    watermark      integer,                              -- the newest paper already considered; null: none yet
    next_due_at    text,
    created_at     text    not null,
    consent_at     text,
    consent_source text,                                 -- where the consent came from: import, verb, mail, page
    consent_text   text,
    unsubscribed_at text
) strict;

create index subscriber_due on subscriber (next_due_at) where state in ('active', 'paused');

-- Addresses that must not be written to, whatever an import says.
create table suppression (
    address_key text not null primary key,              -- folded; of an erased person hmac:HEX
    reason      text not null,                           -- unsubscribed | bounced | complaint | erased | operator
    detail      text,
    created_at  text not null
) strict;
