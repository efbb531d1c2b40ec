-- Who may use the operator's API and pages. Of a key only its hash is kept.
create table api_key (
    id         integer primary key autoincrement,
    name       text    not null,
    hash       text    not null unique,                  -- SHA-256; a key has 160 random bits, so no salt is needed
    scope      text    not null,                         -- read | write
    created_at text    not null,
    used_on    text,                                     -- the last day (UTC) on which it was used
    revoked_at text
) strict;

-- What a request with an Idempotency-Key was answered, so that the same request is done once. It goes with the subscriber whom it tells of.
create table api_answer (
    key_id          integer not null references api_key (id) on delete cascade,
    idempotency_key text    not null,
    request         text    not null,                    -- a keyed hash of method, address and body
    status          integer not null,
    location        text,
    body            text,
    subscriber_id   integer references subscriber (id) on delete cascade,
    created_at      text    not null,
    primary key (key_id, idempotency_key)
) strict;

create index api_answer_time on api_answer (created_at);
create index api_answer_subscriber on api_answer (subscriber_id);
