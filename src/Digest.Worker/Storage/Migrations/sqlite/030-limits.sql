-- What counts toward the limits: each message that reached a server, when that ended. Kept for a little over a day.
create table sending (
    at     text not null,
    domain text not null                                 -- of the recipient
) strict;

create index sending_at on sending (at);

-- Where sending stands still for a while.
create table delivery_pause (
    scope  text not null primary key,                    -- a recipient domain; '' = everything but alarms
    reason text not null,
    since  text not null,
    until  text not null
) strict;

alter table outbox add column about text;                -- what the last answer was about: hard, soft, aboutus, ...
