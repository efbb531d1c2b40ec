-- Every mail that was read, once: reading the same mailbox again changes nothing.
create table inbound (
    id          integer primary key autoincrement,
    mail_key    text not null unique,                    -- Message-ID, or a hash of the mail where it has none
    received_at text not null,
    kind        text not null,                           -- what it was taken for
    decision    text not null,                           -- the step that decided
    effect      text not null                            -- what was done
) strict;
