-- The choice, not the mail: rendering is a pure function of these rows, so every attempt to deliver yields the same bytes.
create table issue (
    id            integer primary key autoincrement,
    subscriber_id integer not null references subscriber (id) on delete cascade,
    due_at        text    not null,                      -- the slot this issue answers
    composed_at   text    not null,
    local_date    text    not null,                      -- the day in the subscriber's own zone
    reader        text    not null,                      -- JSON: language, profile, calendar as they were
    trending      integer not null,
    receipt       text    not null,                      -- JSON: announced, in categories, matched, sent, held over, missing
    unique (subscriber_id, due_at)
) strict;

create table issue_paper (
    issue_id      integer not null references issue (id) on delete cascade,
    position      integer not null,
    subscriber_id integer not null,
    paper_id      integer not null references paper (id),
    score         real    not null,
    choice        text    not null,                      -- JSON: the reason, and what of the paper may change later (votes, code)
    primary key (issue_id, position),
    unique (subscriber_id, paper_id)                     -- no paper twice to one person, by the database's own word
) strict;

-- Matched, but beyond the cap: matched again for the next issues until it expires.
create table held_over (
    subscriber_id integer not null references subscriber (id) on delete cascade,
    paper_id      integer not null references paper (id),
    expires_at    text    not null,
    primary key (subscriber_id, paper_id)
) strict;
